import type { ActPayload } from '#domain/act.ts'
import type { SessionView, SyncView } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import type { Desk } from './desk.ts'
import { issueReport, reportPdf } from './reports.ts'
import type { SessionRoom } from './session-room.ts'
import type { Workstation } from './workstation.ts'

/** Kept in the lists that the sync screen shows; the rest is counted. */
const SHOWN = 200
/** Beyond this a decision may not be made final: its time would mislead (医療情報システムの安全管理に関するガイドライン 6.0 §17). */
const CLOCK_LIMIT_MS = 10 * 60_000

/** What the doors offer, on top of the session and the desk that is open in it. */
export function createWorkstation(room: SessionRoom): Workstation {
  const desk = (): Desk => {
    const open = room.desk()
    if (!open) throw new Problem('locked')
    return open
  }

  async function syncView(): Promise<SyncView> {
    const { engine, journal, view } = desk()
    const status = engine.status()
    const mine = [...journal.ledger.acts.values()].filter(act => act.mine)
    const withheld = (id: string) => journal.ledger.cases.get(id)?.withdrawn ?? false
    const count = (state: string) => mine.filter(act => act.state === state).length
    const shown = mine.filter(act => !withheld(act.entry.header.caseId))
    const show = (lines: typeof shown) =>
      Promise.all(
        lines
          .slice(-SHOWN)
          .reverse()
          .map(act => view(act.entry.header.id)),
      )
    return {
      state: status.state,
      online: status.online,
      ...(status.lastSync ? { lastSync: status.lastSync } : {}),
      ...(status.nextTry ? { nextTry: status.nextTry } : {}),
      ...(status.problem ? { problem: status.problem } : {}),
      cases: engine.progress.view(),
      outbox: { waiting: count('recorded'), accepted: count('accepted'), conflict: count('conflict'), refused: count('refused') },
      waiting: await show(shown.filter(act => act.state !== 'accepted')),
      receipts: await show(shown.filter(act => act.state === 'accepted')),
    }
  }

  async function mustExist(caseId: string, payload: ActPayload): Promise<void> {
    const view = await desk().cases.view(caseId)
    if ('findingId' in payload && payload.findingId && !view.record.findings.some(it => it.id === payload.findingId))
      throw new Problem('finding-unknown')
    if (payload.type === 'act.taken-back' && !view.acts.some(it => it.header.id === payload.actId)) throw new Problem('not-found')
    if (payload.type === 'confirmation.cancelled' && !view.orders.some(it => it.orderId === payload.orderId))
      throw new Problem('not-found')
  }

  return {
    hints: room.hints,
    session: () => room.view(),
    isOpen: () => room.desk() !== undefined,
    signIn: () => room.signIn(),
    cancelSignIn: (): SessionView => room.cancelSignIn(),
    setPassphrase: passphrase => room.setPassphrase(passphrase),
    unlock: passphrase => room.unlock(passphrase),
    lock: () => room.lock(),
    readModelKey: async () => Buffer.from(room.readModelKey()).toString('base64'),
    cases: async () => desk().cases.entries(),
    case: caseId => desk().cases.view(caseId),
    file: (caseId, fileId) => desk().cases.file(caseId, fileId),
    async recordAct(input) {
      // A report is made by `issueReport`, which knows its hash; the page cannot claim one.
      if (input.payload.type === 'report.issued') throw new Problem('bad-request')
      await mustExist(input.caseId, input.payload)
      if (Math.abs(desk().engine.status().offsetMs) > CLOCK_LIMIT_MS) throw new Problem('clock-off')
      const line = await desk().record(input)
      return desk().view(line.entry.header.id)
    },
    reportPdf: (caseId, language, sha256) => reportPdf(room, desk(), caseId, language, sha256),
    issueReport: (caseId, language) => issueReport(room, desk(), caseId, language),
    sync: syncView,
    async runSync() {
      if (!room.signedIn()) throw new Problem('sign-in-needed')
      desk().engine.poke()
      return syncView()
    },
    async cancelSync(caseId) {
      desk().engine.cancel(caseId)
      return syncView()
    },
    async resumeSync(caseId) {
      desk().engine.resume(caseId)
      return syncView()
    },
    async setNetwork(on) {
      desk().engine.setNetwork(on)
      return syncView()
    },
    close: () => room.close(),
  }
}
