import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { at, ROOT } from './paths.mjs'
import { electronVersion, findElectron } from './runtime.mjs'
import { giveUp, say } from './say.mjs'

/* Packages by electron-builder.yml. The runtime at hand is used where there is one, since its download host may be out of reach. */
ensureDependencies()
build('reference', 'fonts', 'page', 'electron')
const runtime = findElectron()
if (!runtime) giveUp('No Electron runtime is at hand; set ELECTRON_OVERRIDE_DIST_PATH to one.')
say(`Packaging with Electron ${electronVersion(runtime)} (${runtime.kind})`)
const args = [
  ...process.argv.slice(2),
  '--publish',
  'never',
  `-c.electronDist=${runtime.dist}`,
  `-c.electronVersion=${electronVersion(runtime)}`,
]
const done = spawnSync(process.execPath, [at('node_modules', 'electron-builder', 'out', 'cli', 'cli.js'), ...args], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exit(done.status ?? 1)
