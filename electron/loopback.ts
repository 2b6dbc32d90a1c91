import './web-globals.ts'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { sentence } from '#domain/problems.ts'
import { assemble } from './assemble.ts'
import { loopbackGate } from './guard/loopback-gate.ts'
import { createTickets } from './guard/ticket.ts'
import { readEnrolment } from './login/enrolment.ts'
import { holdInstance } from './shell/instance-lock.ts'
import { noSecretStore } from './shell/shell.ts'

/** The same workstation without Electron: 127.0.0.1 only, behind the gate, for machines where no Electron can be had. */
async function start(): Promise<void> {
  const profile = process.env.PANELBENCH_PROFILE ?? join(process.env.HOME ?? '.', '.panelbench')
  await mkdir(profile, { recursive: true, mode: 0o700 })
  const enrolment = await readEnrolment(profile)
  if (!enrolment) return stop('not-enrolled', 4)
  const release = await holdInstance(join(profile, 'instance.lock'))
  if (!release) return stop('already-running', 3)

  const shell = {
    kind: 'loopback' as const,
    secrets: noSecretStore('none'),
    versions: { panelbench: process.env.npm_package_version ?? '0.1.0', node: process.versions.node },
    openSignIn: async () => false,
    closeSignIn: () => {},
  }
  const { handle, workstation } = await assemble({ profile, enrolment, shell, resources: join(__dirname, '..') })
  const port = await ownPort(profile)
  const origin = `http://workstation.localhost:${port}`
  const tickets = createTickets(() => Date.now(), Number(process.env.PANELBENCH_TICKET_MS ?? 600_000))
  const gate = loopbackGate({ origin, session: randomBytes(32).toString('base64url'), tickets }, handle)
  // A development proxy may stand on our port and ask us on another; the origin, and with it the gate, stays the same.
  const server = serve({
    fetch: gate,
    hostname: '127.0.0.1',
    port: Number(process.env.PANELBENCH_LISTEN ?? port),
    overrideGlobalObjects: false,
  })
  server.on('error', failure => stop((failure as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'port-taken' : 'internal', 5))
  server.on('listening', () => {
    // One line of JSON for whoever started us; the ticket is good once and for a short time.
    process.stdout.write(`${JSON.stringify({ ready: true, origin, url: `${origin}/enter?ticket=${tickets.issue()}` })}\n`)
  })
  const end = () => {
    server.close()
    void workstation
      .close()
      .then(release)
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // A new way in for whoever owns this process's input: an address is good once, a browser may be closed and opened again.
  process.stdin.on('data', () =>
    process.stdout.write(`${JSON.stringify({ url: `${origin}/enter?ticket=${tickets.issue()}` })}\n`),
  )
  process.stdin.unref?.()
}

/** IndexedDB belongs to scheme, host and port: a port that changed would be an empty read model at every start. */
async function ownPort(profile: string): Promise<number> {
  const path = join(profile, 'port')
  const kept = Number(await readFile(path, 'utf8').catch(() => ''))
  if (Number.isInteger(kept) && kept > 1024 && kept < 65_536) return kept
  const port = 42_000 + (randomBytes(2).readUInt16BE(0) % 7000)
  await writeFile(path, String(port), { mode: 0o600 })
  return port
}

function stop(code: 'not-enrolled' | 'already-running' | 'port-taken' | 'internal', exit: number): void {
  const values = { id: '0' }
  process.stderr.write(`${sentence(code, 'ja', values)} / ${sentence(code, 'en', values)}\n`)
  process.exit(exit)
}

void start().catch(failure => {
  process.stderr.write(`could not start: ${failure instanceof Error ? failure.name : 'unknown'}\n`)
  process.exit(1)
})
