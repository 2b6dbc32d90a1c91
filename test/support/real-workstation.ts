import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { contract, type Endpoint } from '#domain/contract.ts'
import type { EnrolmentFile } from '#sync/protocol.ts'
import { assemble } from '../../electron/assemble.ts'
import type { SecretStore } from '../../electron/shell/shell.ts'
import { noSecretStore } from '../../electron/shell/shell.ts'
import { type Centre, startCentre } from '../../fixtures/data-centre/centre.ts'
import type { CentreOptions } from '../../fixtures/data-centre/options.ts'
import { browser, formAction } from '../../fixtures/data-centre/testing/browser.ts'

export const PASSPHRASE = 'correct horse battery'

/** What the doors answered when it was not what the contract promises. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly values: Record<string, unknown>
  constructor(status: number, body: { code?: string; values?: Record<string, unknown> }) {
    super(body.code ?? String(status))
    this.status = status
    this.code = body.code ?? ''
    this.values = body.values ?? {}
  }
}

/** A real centre in this process, on its own TLS port, with its own folder. */
export async function realCentre(
  options: Partial<CentreOptions> = {},
): Promise<Centre & { dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'centre-'))
  const centre = await startCentre({ dir, ...options })
  return Object.assign(centre, {
    dir,
    async remove() {
      await centre.stop()
      await rm(dir, { recursive: true, force: true })
    },
  })
}

/** A real workstation in this process: the handler that both shells mount, asked as the page asks it. */
export async function realWorkstation(
  centre: Pick<Centre, 'enrolmentFile' | 'caPem' | 'code'>,
  over: { profile?: string; secrets?: SecretStore; enrolment?: Partial<EnrolmentFile> } = {},
) {
  process.env.PANELBENCH_RESERVE_BYTES = '1000000'
  process.env.PANELBENCH_POLL_MS = '300'
  const profile = over.profile ?? (await mkdtemp(join(tmpdir(), 'workstation-')))
  const enrolment = { ...(await centre.enrolmentFile()), ...over.enrolment }
  const shell = {
    kind: 'loopback' as const,
    secrets: over.secrets ?? noSecretStore('none'),
    versions: { panelbench: 'test' },
    openSignIn: async () => false,
    closeSignIn: () => {},
  }
  const { handle, workstation } = await assemble({ profile, enrolment, shell, resources: join(process.cwd(), 'dist') })

  async function raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return handle(
      new Request(`http://workstation.localhost${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  }
  async function call<Q extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<Q, A>,
    request: z.input<Q>,
  ): Promise<z.infer<A>> {
    const fields = { ...(request as Record<string, unknown>) }
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(fields[name])
      delete fields[name]
      return encodeURIComponent(value)
    })
    const response = await raw(endpoint.method, path, endpoint.method === 'POST' ? fields : undefined)
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refused(response.status, answer as { code?: string })
    return endpoint.reply.parse(answer)
  }

  const station = {
    profile,
    workstation,
    call,
    raw,
    /** The person's way through the provider's pages, with both factors. */
    async signIn(user = 'kono', password = 'kono-demo-2026') {
      const { signIn } = await call(contract.signIn, {})
      if (!signIn.url) throw new Error('no address to sign in at')
      const surf = browser(centre.caPem)
      let page = await surf.post(formAction(await surf.open(signIn.url)), { user, password })
      if (!page.url.startsWith('http://')) page = await surf.post(formAction(page), { code: await centre.code(user) })
      await new Promise<void>((resolve, reject) => {
        get(page.url, answer => answer.resume().on('end', resolve)).on('error', reject)
      })
      await station.until(async () => (await call(contract.session, {})).signIn.state !== 'waiting')
      return call(contract.session, {})
    },
    /** First start to open, with the device enrolled. */
    async begin() {
      await station.signIn()
      await call(contract.setPassphrase, { passphrase: PASSPHRASE })
      await station.until(async () => (await call(contract.session, {})).device !== undefined)
      return station
    },
    async until(done: () => Promise<boolean>, ms = 20_000) {
      const end = Date.now() + ms
      while (!(await done())) {
        if (Date.now() > end)
          throw new Error(`not reached: ${JSON.stringify(await call(contract.sync, {}).catch(failure => failure.code))}`)
        await new Promise(resolve => setTimeout(resolve, 30))
      }
    },
    hasVersion: (caseId: string, version: number) =>
      station.until(async () => (await call(contract.cases, {})).cases.some(it => it.id === caseId && it.version === version)),
    async stop() {
      await workstation.close()
    },
    async remove() {
      await workstation.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
  return station
}
export type RealWorkstation = Awaited<ReturnType<typeof realWorkstation>>
