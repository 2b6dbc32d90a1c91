import type { ActView } from '#domain/act.ts'
import type { CaseRecord } from '#domain/case.ts'
import type { OrderView } from '#domain/confirmation.ts'
import { OrderResult } from '#domain/confirmation.ts'
import type { CaseEntry, CaseView } from '#domain/contract.ts'
import { mayBeSeen } from '#domain/wish.ts'
import { ActBox } from '#sync/entry.ts'
import { utf8 } from '#sync/jws.ts'
import type { ActLine, CaseLine, OrderLine } from '#sync/ledger.ts'
import type { Boxes } from '#sync/ports.ts'
import type { Manifest } from '#sync/protocol.ts'
import { sha256Hex } from './platform-crypto.ts'

/** An act as the page shows it. Its state is what the journal says, never what we hope. */
export async function viewAct(line: ActLine, boxes: Boxes): Promise<ActView> {
  const { header, jws, box, at } = line.entry
  const { payload } = ActBox.parse(await boxes.open(header.caseId, box))
  return {
    header,
    payload,
    state: line.state,
    recordedAt: at,
    mine: line.mine,
    ...(line.receipt
      ? {
          receipt: {
            seq: line.receipt.seq,
            at: line.receipt.at,
            hash: sha256Hex(utf8(jws)),
            jws: line.receipt.jws,
            ...(line.receipt.staleBasis ? { staleBasis: true } : {}),
          },
        }
      : {}),
    ...(line.against ? { against: [...line.against] } : {}),
    ...(line.problem ? { problem: line.problem } : {}),
  }
}

/** Orders as they stand: what was recorded here, what arrived at the centre, and what the centre says of it. */
export async function viewOrders(
  acts: readonly ActView[],
  lines: ReadonlyMap<string, OrderLine>,
  caseId: string,
  boxes: Boxes,
): Promise<OrderView[]> {
  const cancelled = new Map<string, string>()
  for (const { payload, state } of acts) {
    if (payload.type === 'confirmation.cancelled' && state !== 'refused') cancelled.set(payload.orderId, payload.reason)
  }
  const orders: OrderView[] = []
  for (const { header, payload, state } of acts) {
    if (payload.type !== 'confirmation.ordered' || state === 'refused') continue
    const line = lines.get(payload.orderId)
    const reason = cancelled.get(payload.orderId)
    const box = line?.state?.box
    const result = box ? OrderResult.parse(await boxes.open(caseId, box)) : undefined
    orders.push({
      orderId: payload.orderId,
      actId: header.id,
      findingId: payload.findingId,
      method: payload.method,
      specimenId: payload.specimenId,
      orderedAt: header.deviceTime,
      state: reason !== undefined ? 'cancelled' : (line?.state?.state ?? (line?.serviceRequest ? 'sent' : 'recorded')),
      ...(line?.serviceRequest ? { serviceRequest: line.serviceRequest } : {}),
      ...(result ? { result } : {}),
      ...(reason !== undefined ? { reason } : {}),
    })
  }
  return orders
}

/** The record without what the patient's wishes of the day seal. Default deny; nothing tells that something was left out. */
export function unsealedRecord(record: CaseRecord, day: string): CaseRecord {
  return { ...record, findings: record.findings.filter(finding => mayBeSeen(finding, record.wishes, day)) }
}

/** A word that changes whenever anything about the case does; the read model compares it. */
export function revisionOf(line: CaseLine, day: string): string {
  return sha256Hex(`${line.published?.hash ?? ''}:${line.changes}:${line.acts.length}:${day}`).slice(0, 16)
}

/** Acts about findings that the wishes seal stay sealed with them. */
export function visibleActs(acts: readonly ActView[], record: CaseRecord, sealed: ReadonlySet<string>): readonly ActView[] {
  if (sealed.size === 0) return acts
  return acts.filter(
    ({ payload }) =>
      !('findingId' in payload && payload.findingId && sealed.has(payload.findingId)) ||
      record.findings.some(it => 'findingId' in payload && it.id === payload.findingId),
  )
}

export interface CaseViewInput {
  readonly entry: CaseEntry
  /** As delivered, sealed findings included. */
  readonly record: CaseRecord
  readonly manifest: Manifest
  readonly signedBy: string
  readonly head: number
  readonly line: CaseLine
  readonly boxes: Boxes
  readonly day: string
}

export async function viewCase({ entry, record, manifest, signedBy, head, line, boxes, day }: CaseViewInput): Promise<CaseView> {
  const unsealed = unsealedRecord(record, day)
  const open = new Set(unsealed.findings.map(finding => finding.id))
  const sealed = new Set(record.findings.filter(finding => !open.has(finding.id)).map(finding => finding.id))
  const all = await Promise.all(line.acts.map(act => viewAct(act, boxes)))
  const acts = [...visibleActs(all, unsealed, sealed)]
  return {
    entry,
    record: unsealed,
    head,
    acts,
    orders: await viewOrders(acts, line.orders, entry.id, boxes),
    manifest: { version: manifest.version, issuedAt: manifest.issuedAt, signedBy },
    stage: record.stage,
  }
}
