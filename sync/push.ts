import { Problem } from '#domain/problems.ts'
import { ActBox } from './entry.ts'
import { utf8 } from './jws.ts'
import type { ActLine } from './ledger.ts'
import type { EventAnswer } from './protocol.ts'
import type { PullPorts } from './pull.ts'
import { openReceipt, type Trust } from './trust.ts'

const BATCH = 50

/** Makes the FHIR transaction of an order; given from outside, since it needs the case record. */
export type MakeOrderBundle = (caseId: string, actId: string) => Promise<unknown>

/**
 * Sends what the journal says is unsent, case by case in the order of recording. Sending again is harmless: the centre keeps
 * every act id for ever. An answer counts only with a receipt that verifies; until then the act stays in the outbox.
 */
export async function pushActs(
  ports: PullPorts,
  trust: Trust,
  signal: AbortSignal,
  changed: (caseId: string) => void,
): Promise<void> {
  const { centre, journal, boxes } = ports
  for (const [caseId, lines] of byCase(journal.ledger.outbox())) {
    for (let at = 0; at < lines.length; at += BATCH) {
      signal.throwIfAborted()
      const batch = lines.slice(at, at + BATCH)
      const acts = await Promise.all(
        batch.map(async ({ entry }) => {
          const { payload, salt } = ActBox.parse(await boxes.open(caseId, entry.box))
          return { header: entry.header, jws: entry.jws, salt, payload }
        }),
      )
      const { answers } = await centre.sendActs(caseId, acts, signal)
      for (const line of batch) {
        const answer = answers.find(it => it.id === line.entry.header.id)
        if (!answer) throw new Problem('protocol-broken')
        await settle(answer, line, ports, trust)
      }
      changed(caseId)
    }
  }
}

async function settle(answer: EventAnswer, line: ActLine, { journal, crypto }: PullPorts, trust: Trust): Promise<void> {
  const { header, jws } = line.entry
  switch (answer.result) {
    case 'accepted':
    case 'duplicate': {
      const hash = await crypto.sha256(utf8(jws))
      const opened = await openReceipt(answer.receipt, { id: header.id, caseId: header.caseId, hash }, trust, crypto)
      if (!opened.ok) throw new Problem('protocol-broken')
      const { seq, at, staleBasis } = opened.value
      await journal.record({
        kind: 'accepted',
        actId: header.id,
        receipt: answer.receipt,
        seq,
        at,
        ...(staleBasis ? { staleBasis } : {}),
      })
      return
    }
    case 'conflict':
      await journal.record({ kind: 'conflict', actId: header.id, against: answer.against, head: answer.head })
      return
    case 'refused':
      await journal.record({ kind: 'refused', actId: header.id, problem: answer.problem })
      return
  }
}

/** Sends the FHIR transaction of every accepted order that has not arrived yet. The order id makes it one order, however often it is sent. */
export async function pushOrders(
  ports: PullPorts,
  makeBundle: MakeOrderBundle,
  signal: AbortSignal,
  changed: (caseId: string) => void,
): Promise<void> {
  const { centre, journal, boxes, clock } = ports
  for (const line of [...journal.ledger.acts.values()]) {
    if (!line.mine || line.state !== 'accepted' || line.entry.header.type !== 'confirmation.ordered') continue
    const { caseId, id } = line.entry.header
    const kase = journal.ledger.case(caseId)
    if (kase.withdrawn || kase.purging) continue
    const { payload } = ActBox.parse(await boxes.open(caseId, line.entry.box))
    if (payload.type !== 'confirmation.ordered' || kase.orders.get(payload.orderId)?.serviceRequest) continue
    const serviceRequest = await centre.sendOrder(await makeBundle(caseId, id), signal)
    await journal.record({ kind: 'order-sent', orderId: payload.orderId, caseId, serviceRequest, at: clock.now().toISOString() })
    changed(caseId)
  }
}

function byCase(lines: readonly ActLine[]): ReadonlyMap<string, ActLine[]> {
  const groups = new Map<string, ActLine[]>()
  for (const line of lines) {
    const { caseId } = line.entry.header
    groups.set(caseId, [...(groups.get(caseId) ?? []), line])
  }
  return groups
}
