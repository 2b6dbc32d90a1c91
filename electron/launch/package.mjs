import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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
const version = electronVersion(runtime)
say(`Packaging with Electron ${version} (${runtime.kind})`)

// electron-builder brings its YAML reader along.
const { load } = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))('js-yaml')
const config = load(readFileSync(at('electron-builder.yml'), 'utf8'))
if (Number(version.split('.')[0]) < 29) {
  say('This runtime is older than the fuse grantFileProtocolExtraPrivileges (Electron 29); the others are set.')
  delete config.electronFuses.grantFileProtocolExtraPrivileges
}
mkdirSync(at('.tmp'), { recursive: true })
writeFileSync(
  at('.tmp', 'electron-builder.json'),
  JSON.stringify({ ...config, electronDist: runtime.dist, electronVersion: version }),
)
const args = [...process.argv.slice(2), '--publish', 'never', '--config', at('.tmp', 'electron-builder.json')]
const done = spawnSync(process.execPath, [at('node_modules', 'electron-builder', 'out', 'cli', 'cli.js'), ...args], {
  cwd: ROOT,
  stdio: 'inherit',
})
// The runtime that an npm package carries has a loader of ours in it; the product has none.
rmSync(at('out', 'linux-unpacked', 'resources', 'app'), { recursive: true, force: true })
process.exit(done.status ?? 1)
