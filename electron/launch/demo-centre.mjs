import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { at } from './paths.mjs'

/** The people of the trial hospital; made up, and printed so that anybody can try. */
const USERS = [
  { user: 'kono', password: 'kono-demo-2026' },
  { user: 'otsukawa', password: 'otsukawa-demo-2026' },
]

/**
 * Starts the demo data centre in a process of its own and puts its enrolment file into the workstation's profile. Confirmation orders
 * are accepted and answered after `autoAnswerSeconds`, so that their whole life can be seen.
 */
export function startDemoCentre({ profile, dir = at('.demo', 'centre'), autoAnswerSeconds = 20 }) {
  const args = [at('dist', 'centre', 'centre.mjs'), 'serve', '--dir', dir, '--demo', '--auto-answer', String(autoAnswerSeconds)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the demo data centre stopped (${code})`)))
    createInterface({ input: child.stdout }).on('line', line => {
      const said = JSON.parse(line)
      if (!said.origin) return
      mkdirSync(profile, { recursive: true, mode: 0o700 })
      copyFileSync(said.enrolment, join(profile, 'enrolment.json'))
      resolve({
        ...said,
        dir,
        users: USERS.map(it => ({ ...it, hint: `${said.authenticator} (or: npm run -s centre -- code ${it.user})` })),
        /** Runs an operator's command against it and answers what it printed. */
        command: (...words) => centreCommand(dir, ...words),
        stop: () => child.kill('SIGTERM'),
        exited: new Promise(done => child.once('exit', done)),
      })
    })
  })
}

export function centreCommand(dir, ...words) {
  const done = spawnSync(process.execPath, [at('dist', 'centre', 'centre.mjs'), ...words, '--dir', dir], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr.trim())
  return JSON.parse(done.stdout.trim().split('\n').at(-1))
}
