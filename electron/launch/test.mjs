import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { build } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { at, ROOT } from './paths.mjs'
import { findElectron } from './runtime.mjs'
import { giveUp, say } from './say.mjs'
import { ensureSystem } from './system.mjs'

/* Everything: set-up, types, lint, unused code, unit tests, then the journeys in real Electron and in the loopback shell. */
const began = Date.now()
ensureDependencies()
if (!ensureSystem('electron', 'display', 'browser', 'fonts', 'keyring', 'checks'))
  giveUp('The tests need the packages named above.')
const electron = findElectron()
if (!electron) giveUp('The tests need an Electron runtime; set ELECTRON_OVERRIDE_DIST_PATH to one.')
build()

let passed = 0
let failed = 0
const only = process.argv.slice(2)

await check('types', ['node_modules/typescript/bin/tsc', '-b'])
await check('lint', ['node_modules/@biomejs/biome/bin/biome', 'ci', '.', '--max-diagnostics=30'])
await check('unused code', ['node_modules/knip/bin/knip.js', '--no-progress'])
await suite(
  'unit tests',
  ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', '--outputFile.json=.tmp/unit.json', ...only],
  '.tmp/unit.json',
  report => [
    report.numPassedTests,
    report.numFailedTests + report.testResults.filter(it => it.status === 'failed' && it.assertionResults.length === 0).length,
  ],
)
if (only.length === 0) {
  await suite(
    'journeys',
    ['node_modules/@playwright/test/cli.js', 'test'],
    '.tmp/journeys.json',
    ({ stats }) => [stats.expected, stats.unexpected + stats.flaky],
    { display: true },
  )
  await suite(
    'keychain',
    ['node_modules/@playwright/test/cli.js', 'test'],
    '.tmp/keychain.json',
    ({ stats }) => [stats.expected, stats.unexpected + stats.flaky],
    {
      display: true,
      keyring: true,
    },
  )
}

say(`(${Math.round((Date.now() - began) / 1000)} s)`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)

async function check(name, args) {
  say(`--- ${name}`)
  const ok = (await run(args)) === 0
  if (ok) passed += 1
  else failed += 1
}

/** Counts from the machine-readable report; a suite that wrote none has failed, whatever it printed. */
async function suite(name, args, report, count, options) {
  say(`--- ${name}`)
  rmSync(at(report), { force: true })
  const status = await run(args, options)
  if (!existsSync(at(report))) {
    failed += 1
    return
  }
  const [good, bad] = count(JSON.parse(readFileSync(at(report), 'utf8')))
  passed += good
  failed += bad
  if (status !== 0 && bad === 0) failed += 1
  if (good === 0) failed += 1
}

function run(args, { display = false, keyring = false } = {}) {
  return new Promise(resolve => {
    const env = {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
      NODE_NO_WARNINGS: '1',
      ...(keyring ? { PANELBENCH_KEYRING: '1', XDG_CURRENT_DESKTOP: 'GNOME' } : {}),
    }
    const hidden = display && !process.env.DISPLAY
    let line = [process.execPath, ...args]
    if (hidden) line = ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24', ...line]
    // A session bus of its own, and a keyring in it that is open: what a hospital's desktop has after login.
    if (keyring)
      line = [
        'dbus-run-session',
        '--',
        'bash',
        '-c',
        'echo -n test | gnome-keyring-daemon --unlock --components=secrets > /dev/null && exec "$@"',
        'keyring',
        ...line,
      ]
    const [command, ...rest] = line
    const child = spawn(command, rest, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env })
    child.on('exit', code => resolve(code ?? 1))
  })
}
