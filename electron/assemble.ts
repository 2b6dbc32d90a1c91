import { webcrypto } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Problem } from '#domain/problems.ts'
import type { EnrolmentFile } from '#sync/protocol.ts'
import { createAssets } from './backend/assets.ts'
import { createBackend } from './backend/backend.ts'
import { createWorkstation } from './backend/create-workstation.ts'
import { openDesk } from './backend/desk.ts'
import { enrolDevice, grantRequest } from './backend/device-proof.ts'
import type { Handler } from './backend/handler.ts'
import { createHints } from './backend/hints.ts'
import { createSessionRoom, keepTokens } from './backend/session-room.ts'
import { systemClock } from './backend/system-clock.ts'
import type { Workstation } from './backend/workstation.ts'
import { createCentreClient } from './centre/centre-client.ts'
import { createPinnedFetch } from './centre/pinned-fetch.ts'
import { createPackages } from './files/packages.ts'
import { nodeFs } from './journal/node-fs.ts'
import { createLogin } from './login/login.ts'
import { createPdfRenderer } from './report/render-pdf.ts'
import type { Shell } from './shell/shell.ts'
import { chooseAead } from './vault/aead.ts'
import { createVault } from './vault/vault.ts'

export interface AssembleOptions {
  readonly profile: string
  readonly enrolment: EnrolmentFile
  readonly shell: Shell
  /** Folder that holds `page`, `reference`, `fonts` and `electron` of the build. */
  readonly resources: string
}

export interface Assembled {
  readonly handle: Handler
  readonly workstation: Workstation
}

/** Puts the privileged side together from its parts; the same for both shells. Nothing below reads the environment for features. */
export async function assemble({ profile, enrolment, shell, resources }: AssembleOptions): Promise<Assembled> {
  const clock = systemClock
  const hints = createHints()
  const aead = await chooseAead()
  const fs = nodeFs()
  const vault = await createVault({ fs, dir: join(profile, 'vault'), secretStore: shell.secrets, clock, aead })
  const origin = new URL(enrolment.centre).origin
  const fetch = createPinnedFetch({ caPem: enrolment.caPem, origins: [origin] })
  let centreName: { name: string; simulated: boolean } | undefined

  const login = createLogin({
    fetch,
    subtle: webcrypto.subtle,
    now: () => clock.now().getTime(),
    async issuer() {
      const configuration = await client.configuration(new AbortController().signal)
      centreName = { name: configuration.name, simulated: configuration.simulated }
      return configuration
    },
    async keep(kept) {
      if (vault.state() === 'open') await keepTokens(vault, kept)
    },
  })
  const client = createCentreClient({
    origin,
    fetch,
    authorized: login.authorized,
    grantRequest: (caseId, version) => grantRequest(vault, room.desk()?.journal.ledger.bound?.deviceId, caseId, version),
  })
  const packages = createPackages({
    fs,
    folder: join(profile, 'packages'),
    vault,
    aead,
    workerPath: join(resources, 'electron', 'segment-worker.cjs'),
  })

  const room = createSessionRoom({
    fs,
    hints,
    vault,
    login,
    shell,
    enrolment,
    centreName: () => centreName,
    now: () => clock.now(),
    engineName: aead.engine,
    software: `Panelbench ${shell.versions.panelbench ?? ''}`,
    reportFolder: join(profile, 'reports'),
    renderPdf: createPdfRenderer({
      normal: join(resources, 'fonts', 'BIZUDPGothic_400Regular.ttf'),
      bold: join(resources, 'fonts', 'BIZUDPGothic_700Bold.ttf'),
    }),
    forgetPlain: () => packages.store.lock(),
    openDesk: () =>
      openDesk({
        folder: profile,
        enrolment,
        vault,
        fs,
        clock,
        centre: client,
        packages,
        hints,
        signedIn: () => login.signedIn(),
        actor: () => room.actor(),
        enrol: async (journal, signal) => {
          centreName ??= await client.configuration(signal).then(({ name, simulated }) => ({ name, simulated }))
          await enrolDevice({ vault, client, journal, ticket: enrolment.ticket, name: hostname() }, signal)
        },
        pollMs: Number(process.env.PANELBENCH_POLL_MS ?? 20_000),
      }),
  })
  const workstation = createWorkstation(room)
  const assets = await createAssets({ '': join(resources, 'page'), '/reference': join(resources, 'reference') })
  const handle = createBackend({ workstation, assets, report })
  return { handle, workstation }
}

/** What nobody expected, by id, kind and place in our code; never its message, which might quote what was read. */
function report(id: string, failure: unknown): void {
  const kind = failure instanceof Problem ? failure.code : failure instanceof Error ? failure.name : typeof failure
  const trace =
    failure instanceof Error
      ? (failure.stack ?? '')
          .split('\n')
          .slice(1, 6)
          .map(line => line.trim().replace(/\(?(?:file:\/\/)?\/.*\/(dist|node_modules)\//, '($1/'))
      : []
  process.stderr.write(`${JSON.stringify({ problem: id, kind, trace })}\n`)
}
