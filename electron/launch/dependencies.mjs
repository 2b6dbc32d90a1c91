import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { at } from './paths.mjs'
import { giveUp, say } from './say.mjs'

const STAMP = at('node_modules', '.panelbench-lock')

/** Installs the dependencies of the lock file, once per lock file. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) giveUp(`Node 20.19 or newer is needed; this is ${process.versions.node}.`)
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return
  if (
    existsSync(at('node_modules', 'vite')) &&
    existsSync(at('node_modules', '.package-lock.json')) &&
    !existsSync(STAMP) &&
    matches()
  ) {
    writeFileSync(STAMP, lock)
    return
  }
  say('Installing dependencies from the lock file …')
  // Some registries do not carry the builds of tools for other systems; then the lock file cannot name them and `npm ci` refuses it.
  // `npm install` without saving installs the very versions of the lock file and leaves it as it is.
  if (npm('ci') !== 0 && npm('install', '--no-save') !== 0)
    giveUp('npm could not install the dependencies. Check that the npm registry can be reached, then start again.')
  writeFileSync(STAMP, lock)
}

/** Whether what is installed is what the lock file says: an `npm install` by hand needs no second one. */
function matches() {
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages
  const have = JSON.parse(readFileSync(at('node_modules', '.package-lock.json'), 'utf8')).packages
  return Object.entries(have).every(([path, { version }]) => wanted[path]?.version === version)
}

function npm(...args) {
  const last = args[0] === 'ci' ? 'ignore' : 'inherit'
  return spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: at(),
    stdio: ['ignore', 'ignore', last],
  }).status
}
