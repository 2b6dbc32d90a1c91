import { spawn } from 'node:child_process'
import { build } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { at, ROOT } from './paths.mjs'
import { findElectron } from './runtime.mjs'
import { giveUp } from './say.mjs'
import { ensureSystem, onPath } from './system.mjs'

/* npm run tour -- --shell electron|loopback: pictures, PDFs and summary.json under tour/<shell>/. */
ensureDependencies()
const shell = process.argv.includes('loopback') ? 'loopback' : 'electron'
if (!ensureSystem(...(shell === 'electron' ? ['electron', 'display', 'fonts'] : ['browser', 'fonts'])))
  giveUp('The tour needs the packages named above.')
const runtime = shell === 'electron' ? findElectron() : undefined
if (shell === 'electron' && !runtime)
  giveUp('No Electron runtime is at hand; set ELECTRON_OVERRIDE_DIST_PATH to one, or take --shell loopback.')
build()
const args = [at('dist', 'tour', 'tour.mjs'), '--shell', shell]
const hidden = shell === 'electron' && !process.env.DISPLAY && onPath('xvfb-run')
const [command, ...rest] = hidden
  ? ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24', process.execPath, ...args]
  : [process.execPath, ...args]
const child = spawn(command, rest, {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ...(runtime ? { ELECTRON_OVERRIDE_DIST_PATH: runtime.dist } : {}) },
})
child.on('exit', code => process.exit(code ?? 1))
