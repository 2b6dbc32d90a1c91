import { randomBytes } from 'node:crypto'
import { v5 } from 'uuid'
import type { Actor } from '#domain/act.ts'
import { orderBundle } from '#domain/fhir/order-bundle.ts'
import { Problem } from '#domain/problems.ts'
import { foldReview } from '#domain/review.ts'
import { createSync, type SyncEngine } from '#sync/engine.ts'
import type { Centre, Clock } from '#sync/ports.ts'
import type { EnrolmentFile } from '#sync/protocol.ts'
import type { VaultPackages } from '../files/packages.ts'
import type { DurableFs } from '../journal/durable-fs.ts'
import { caseBoxes } from '../vault/case-boxes.ts'
import type { Vault } from '../vault/vault.ts'
import { type CaseStore, createCaseStore } from './case-store.ts'
import { viewAct } from './case-view.ts'
import type { Hints } from './hints.ts'
import { type OpenJournal, openLedger } from './open-journal.ts'
import { platformCrypto } from './platform-crypto.ts'
import { type ActRecorder, createActRecorder } from './record-act.ts'

/** Namespace of the name-based UUIDs (RFC 9562, version 5) that make re-sent FHIR resources the same resources. */
const FHIR_NAMESPACE = '6f1f2f3e-54a1-5f0b-9a53-1d2c7a3f9b10'

export interface DeskPorts {
  readonly folder: string
  readonly enrolment: EnrolmentFile
  readonly vault: Vault
  readonly fs: DurableFs
  readonly clock: Clock
  readonly centre: Centre
  readonly packages: VaultPackages
  readonly hints: Hints
  readonly signedIn: () => boolean
  readonly actor: () => Actor
  /** Enrols the device when the centre does not know it yet. */
  readonly enrol: (journal: OpenJournal, signal: AbortSignal) => Promise<void>
  readonly pollMs: number
}

/** Everything that is there only while the vault is open. Locking closes it and forgets it. */
export interface Desk {
  readonly journal: OpenJournal
  readonly cases: CaseStore
  readonly engine: SyncEngine
  readonly record: ActRecorder
  view: (actId: string) => ReturnType<typeof viewAct>
  close(): Promise<void>
}

export async function openDesk(ports: DeskPorts): Promise<Desk> {
  const { vault, fs, clock, hints, packages, centre, enrolment } = ports
  const random = (length: number) => new Uint8Array(randomBytes(length))
  const journal = await openLedger({
    fs,
    folder: `${ports.folder}/journal`,
    key: vault.journalKey(),
    clock,
    random,
    reserveBytes: reserveBytes(),
  })
  const boxes = caseBoxes(vault)
  // What a stop in the middle left behind goes; a half-fetched version stays, to be taken up again.
  const kept = [...journal.ledger.cases.values()].filter(line => !line.withdrawn)
  await packages.store.keepOnly(new Map(kept.map(line => [line.id, line.published?.version ?? 0])))
  const changed = (caseId?: string) => {
    hints.tell({ event: 'sync' })
    if (caseId) {
      hints.tell({ event: 'cases' })
      hints.tell({ event: 'case', caseId })
    }
  }
  // The engine needs the cases for the FHIR bundle, the cases need the engine's progress: the bundle is made late.
  let cases: CaseStore | undefined
  const engine = createSync({
    centre,
    journal,
    packages,
    boxes,
    crypto: platformCrypto,
    clock,
    roots: enrolment.rootKeys,
    random: Math.random,
    changed: caseId => {
      if (caseId && journal.ledger.cases.get(caseId)?.withdrawn) void cases?.forget(caseId)
      changed(caseId)
    },
    signedIn: ports.signedIn,
    prepare: signal => ports.enrol(journal, signal),
    pollMs: ports.pollMs,
    makeBundle: (caseId, actId) => makeBundle(caseId, actId),
  })
  cases = createCaseStore({
    ledger: journal.ledger,
    boxes,
    progress: engine.progress,
    openFile: packages.openFile,
    now: () => clock.now(),
  })
  const store = cases

  async function makeBundle(caseId: string, actId: string): Promise<unknown> {
    const record = await store.record(caseId)
    const line = journal.ledger.acts.get(actId)
    if (!line) throw new Problem('not-found')
    const { header, payload } = await viewAct(line, boxes)
    if (payload.type !== 'confirmation.ordered') throw new Problem('bad-request')
    const finding = record.findings.find(it => it.id === payload.findingId)
    if (!finding) throw new Problem('finding-unknown')
    const acts = await Promise.all(journal.ledger.case(caseId).acts.map(act => viewAct(act, boxes)))
    const conclusion = foldReview(acts).findings.get(finding.id)?.decision?.recommendation.text
    return orderBundle({
      record,
      finding,
      header,
      order: payload,
      uuid: name => v5(name, FHIR_NAMESPACE),
      ...(conclusion ? { conclusion } : {}),
    })
  }

  const record = createActRecorder({
    journal,
    boxes,
    sign: message => vault.device().sign(message),
    random,
    now: () => clock.now(),
    serverOffsetMs: () => engine.status().offsetMs,
    actor: ports.actor,
  })
  engine.start()
  return {
    journal,
    cases,
    engine,
    record: async input => {
      const line = await record(input)
      changed(input.caseId)
      engine.poke()
      return line
    },
    view: actId => {
      const line = journal.ledger.acts.get(actId)
      if (!line) throw new Problem('not-found')
      return viewAct(line, boxes)
    },
    async close() {
      await engine.stop()
      await store.forget()
      await journal.close()
    },
  }
}

/** Space set aside for recording on a full disk; small machines and tests may ask for less. */
function reserveBytes(): number {
  const asked = Number(process.env.PANELBENCH_RESERVE_BYTES)
  return Number.isFinite(asked) && asked > 0 ? asked : 64 << 20
}
