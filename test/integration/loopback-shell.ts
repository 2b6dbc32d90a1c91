import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { contract, type Endpoint } from '#domain/contract.ts'
import type { Centre } from '../../fixtures/data-centre/centre.ts'
import { browser, formAction } from '../../fixtures/data-centre/testing/browser.ts'
import { PASSPHRASE, Refused, realWorkstation } from '../support/real-workstation.ts'

export const SHELL = join(process.cwd(), 'dist/electron/loopback.cjs')

/** The built loopback shell as a process, and all that it said. */
export interface ShellProcess {
  readonly child: ChildProcess
  readonly exited: Promise<number | NodeJS.Signals | null>
  stdout(): string
  stderr(): string
}

export function spawnShell(profile: string, env: Readonly<Record<string, string>> = {}): ShellProcess {
  const child = spawn(process.execPath, [SHELL], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PANELBENCH_PROFILE: profile,
      PANELBENCH_RESERVE_BYTES: '1000000',
      PANELBENCH_POLL_MS: '300',
      ...env,
    },
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.on('data', (piece: Buffer) => {
      said[stream] += piece.toString()
    })
  return {
    child,
    // 'close' comes after both pipes were read to their end.
    exited: new Promise(resolve => child.once('close', (code, signal) => resolve(code ?? signal))),
    stdout: () => said.stdout,
    stderr: () => said.stderr,
  }
}

/** A running shell, asked through its gate exactly as a page of its own origin asks. */
export interface RunningShell extends ShellProcess {
  raw(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  call<Q extends z.ZodType, A extends z.ZodType>(endpoint: Endpoint<Q, A>, fields: z.input<Q>): Promise<z.infer<A>>
  unlock(): Promise<void>
  signIn(centre: Pick<Centre, 'caPem' | 'code'>): Promise<void>
  until(done: () => Promise<boolean>, ms?: number): Promise<void>
  stop(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
}

export async function startShell(profile: string, env: Readonly<Record<string, string>> = {}): Promise<RunningShell> {
  const shell = spawnShell(profile, env)
  const { origin, url } = await ready(shell)
  const { port, host } = new URL(origin)

  function ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // The name is ours alone, so the address is said; what the gate looks at is the header.
      const call = request({ host: '127.0.0.1', port, method, path, headers: { ...headers, host } }, answer => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('error', reject)
        answer.on('end', () =>
          answer.complete
            ? resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(pieces) })
            : reject(new Error('the answer was cut off')),
        )
      })
      call.on('error', reject)
      call.end(body)
    })
  }

  const { pathname, search } = new URL(url)
  const entered = await ask('GET', `${pathname}${search}`, { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })
  const cookie = String(entered.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
  if (entered.status !== 200 || cookie === '') throw new Error(`the ticket bought no cookie: ${entered.status}`)

  const running: RunningShell = {
    ...shell,
    raw: (method, path, body, headers = {}) =>
      ask(
        method,
        path,
        {
          ...headers,
          cookie,
          'sec-fetch-site': 'same-origin',
          ...(body === undefined ? {} : { origin, 'content-type': 'application/json' }),
        },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    async call(endpoint, fields) {
      const rest = { ...(fields as Record<string, unknown>) }
      const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
        const value = String(rest[name])
        delete rest[name]
        return encodeURIComponent(value)
      })
      const answer = await running.raw(endpoint.method, path, endpoint.method === 'POST' ? rest : undefined)
      const body: unknown = JSON.parse(answer.bytes.toString())
      if (answer.status !== 200) throw new Refused(answer.status, body as { code?: string })
      return endpoint.reply.parse(body)
    },
    async unlock() {
      await running.call(contract.unlock, { passphrase: PASSPHRASE })
    },
    async signIn(centre) {
      const { signIn } = await running.call(contract.signIn, {})
      if (!signIn.url) throw new Error('no address to sign in at')
      const surf = browser(centre.caPem)
      let page = await surf.post(formAction(await surf.open(signIn.url)), { user: 'kono', password: 'kono-demo-2026' })
      if (!page.url.startsWith('http://')) page = await surf.post(formAction(page), { code: await centre.code('kono') })
      await new Promise<void>((resolve, reject) => {
        get(page.url, answer => answer.resume().on('end', resolve)).on('error', reject)
      })
      await running.until(async () => (await running.call(contract.session, {})).signIn.state !== 'waiting')
      const session = await running.call(contract.session, {})
      if (session.signIn.state !== 'idle') throw new Error(`sign-in failed: ${session.signIn.problem}`)
    },
    async until(done, ms = 20_000) {
      const end = Date.now() + ms
      while (!(await done())) {
        if (Date.now() > end) throw new Error(`not reached: ${(await running.raw('GET', '/api/sync')).bytes}`)
        await new Promise(resolve => setTimeout(resolve, 30))
      }
    },
    async stop() {
      shell.child.kill('SIGTERM')
      await shell.exited
    },
  }
  return running
}

async function ready(shell: ShellProcess): Promise<{ readonly origin: string; readonly url: string }> {
  return new Promise((resolve, reject) => {
    shell.child.stdout?.on('data', () => {
      const line = shell
        .stdout()
        .split('\n')
        .slice(0, -1)
        .find(it => it.includes('"ready"'))
      if (line) resolve(JSON.parse(line) as { origin: string; url: string })
    })
    void shell.exited.then(code => reject(new Error(`the shell stopped (${code}): ${shell.stderr()}`)))
  })
}

/** A port that is free now, in the profile: two profiles of one machine must not draw the same number by chance. */
export async function writePort(profile: string): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  await writeFile(join(profile, 'port'), String(port))
  return port
}

/** A profile that has joined the centre, is signed in, and whose vault opens with the passphrase of the tests. */
export async function joinedProfile(
  centre: Centre,
  folder?: string,
): Promise<{ readonly profile: string; readonly deviceId: string; remove(): Promise<void> }> {
  const profile = folder ?? (await mkdtemp(join(tmpdir(), 'joined-')))
  await writeFile(join(profile, 'enrolment.json'), JSON.stringify(await centre.enrolmentFile()))
  await writePort(profile)
  const station = await (await realWorkstation(centre, { profile })).begin()
  const { device } = await station.call(contract.session, {})
  await station.stop()
  return { profile, deviceId: device?.id ?? '', remove: () => rm(profile, { recursive: true, force: true }) }
}
