import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, ROOT } from './paths.mjs'
import { say } from './say.mjs'

/** What each part is built from; a part is built again only when one of these changed. */
const PARTS = {
  reference: {
    from: ['electron/launch/reference-data.mjs', 'package-lock.json'],
    out: 'dist/reference',
    run: () => script('electron/launch/reference-data.mjs'),
  },
  fonts: { from: ['package-lock.json'], out: 'dist/fonts', run: copyFonts },
  page: {
    from: ['domain', 'sync', 'viewer', 'renderer', 'vite.config.ts', 'package-lock.json'],
    out: 'dist/page',
    run: () => vite(['build']),
  },
  electron: {
    from: ['domain', 'sync', 'electron', 'package-lock.json'],
    out: 'dist/electron',
    run: () => vite(['build', '--config', 'electron/launch/vite.electron.config.ts']),
  },
  centre: {
    from: ['domain', 'sync', 'electron', 'fixtures/data-centre', 'package-lock.json'],
    out: 'dist/centre',
    run: () => vite(['build', '--config', 'electron/launch/vite.centre.config.ts']),
  },
  tour: {
    from: ['domain', 'test/tour', 'electron/launch', 'package-lock.json'],
    out: 'dist/tour',
    run: () => vite(['build', '--config', 'electron/launch/vite.tour.config.ts']),
  },
}

/** Builds what is out of date. */
export function build(...names) {
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    const part = PARTS[name]
    const stamp = at('dist', `.${name}.stamp`)
    const now = fingerprint(part.from)
    if (existsSync(at(part.out)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    say(`Building ${name} …`)
    part.run()
    mkdirSync(at('dist'), { recursive: true })
    writeFileSync(stamp, now)
  }
}

function vite(args) {
  node([at('node_modules', 'vite', 'bin', 'vite.js'), ...args, '--logLevel', 'warn'])
}

/** The Japanese face that reports embed, as files of the product (OFL, licence beside it). */
function copyFonts() {
  const from = at('node_modules', '@expo-google-fonts', 'biz-udpgothic')
  mkdirSync(at('dist', 'fonts'), { recursive: true })
  copyFileSync(join(from, '400Regular', 'BIZUDPGothic_400Regular.ttf'), at('dist', 'fonts', 'BIZUDPGothic_400Regular.ttf'))
  copyFileSync(join(from, '700Bold', 'BIZUDPGothic_700Bold.ttf'), at('dist', 'fonts', 'BIZUDPGothic_700Bold.ttf'))
  copyFileSync(join(from, 'LICENSE_FONT'), at('dist', 'fonts', 'LICENSE_FONT'))
}

function script(path) {
  node([at(path)])
}

function node(args) {
  const done = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/** Hash over names, sizes and contents of the sources; tests and harnesses do not count. */
function fingerprint(from) {
  const hash = createHash('sha256')
  const visit = path => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== 'harness' && !name.startsWith('.')) visit(join(path, name))
    } else if (!/\.test\.tsx?$/.test(path)) hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  for (const path of from) visit(at(path))
  return hash.digest('hex')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) build(...process.argv.slice(2))
