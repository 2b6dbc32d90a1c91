import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { build } from './build.mjs'
import { startDemoCentre } from './demo-centre.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { at } from './paths.mjs'
import { findElectron } from './runtime.mjs'
import { say } from './say.mjs'
import { electronArguments, loopbackProcess } from './shells.mjs'
import { ensureSystem } from './system.mjs'

/* The main job: the demo data centre with its cases, and the workstation. `--shell electron|loopback` chooses by hand. */
ensureDependencies()
const asked = argument('--shell')
const profile = argument('--profile') ?? at('.demo', 'profile')
const display = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) || process.platform !== 'linux'
const runtime =
  asked === 'loopback' || (!display && asked !== 'electron') ? undefined : ensureSystem('electron') ? findElectron() : undefined
build('reference', 'fonts', 'page', 'electron', 'centre')

const centre = await startDemoCentre({ profile })
say(`Demo data centre: ${centre.origin}  (架空データ / simulated data)`)
say('Sign in as one of:')
for (const user of centre.users) say(`  user ${user.user}  password ${user.password}  second factor: ${user.hint}`)

const child = runtime ? startElectron() : await startLoopback()
const end = () => {
  child.kill('SIGTERM')
  centre.stop()
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
child.on('exit', code => {
  centre.stop()
  process.exit(code ?? 0)
})

function startElectron() {
  say(`Opening the Electron window (${runtime.kind} runtime) …`)
  return spawn(runtime.executable, [...electronArguments(), at()], {
    stdio: ['ignore', 'inherit', 'ignore'],
    env: { ...process.env, PANELBENCH_PROFILE: profile },
  })
}

async function startLoopback() {
  if (!existsSync(at('dist', 'electron', 'loopback.cjs'))) throw new Error('the build is incomplete')
  const loopback = await loopbackProcess({ profile })
  say('')
  say('Open Panelbench in a Chromium-family browser on this machine (the address is good once, for ten minutes):')
  process.stdout.write(`${loopback.url}\n`)
  say('Press Enter here for a new address; Ctrl+C ends.')
  process.stdin.on('data', async () => process.stdout.write(`${await loopback.another()}\n`))
  return loopback.child
}

function argument(name) {
  const index = process.argv.indexOf(name)
  return index < 0 ? undefined : process.argv[index + 1]
}
