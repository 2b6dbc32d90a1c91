import { Problem } from '#domain/problems.ts'
import type { Crypto, TrustedKey } from './jws.ts'
import { utf8 } from './jws.ts'
import type { Boxes, Centre, Clock, Packages, Record } from './ports.ts'
import type { FeedEntry } from './protocol.ts'
import { openReceipt, openTombstone, openTrust, type Trust } from './trust.ts'

export interface PullPorts {
  readonly centre: Centre
  readonly journal: Record
  readonly packages: Packages
  readonly boxes: Boxes
  readonly crypto: Crypto
  readonly clock: Clock
  readonly roots: readonly TrustedKey[]
}

/** Asks for the centre's keys and remembers a newer document. `offsetMs` is the centre's clock minus ours. */
export async function pullTrust(
  { centre, journal, crypto, clock, roots }: PullPorts,
  signal: AbortSignal,
): Promise<{ trust: Trust; offsetMs: number }> {
  const before = clock.now()
  const { jws, serverTime } = await centre.keys(signal)
  const opened = await openTrust(jws, roots, journal.ledger.keys?.version ?? 0, before, crypto)
  if (!opened.ok) throw new Problem(opened.error)
  if (opened.value.version !== journal.ledger.keys?.version)
    await journal.record({ kind: 'keys', version: opened.value.version, jws })
  return { trust: opened.value, offsetMs: Date.parse(serverTime) - before.getTime() }
}

/** Reads the change feed to its end. Each page is journalled before its cursor, so a crash repeats a page and never skips one. */
export async function pullFeed(
  ports: PullPorts,
  trust: Trust,
  signal: AbortSignal,
  changed: (caseId: string) => void,
): Promise<void> {
  const { centre, journal } = ports
  for (let more = true; more; ) {
    const page = await centre.feed(journal.ledger.cursor, signal)
    for (const entry of page.entries) {
      await take(entry, ports, trust, signal)
      changed(entry.caseId)
    }
    if (page.cursor !== journal.ledger.cursor) await journal.record({ kind: 'cursor', cursor: page.cursor })
    more = page.more
  }
}

async function take(entry: FeedEntry, ports: PullPorts, trust: Trust, signal: AbortSignal): Promise<void> {
  const { journal, boxes, crypto, centre, clock } = ports
  const line = journal.ledger.case(entry.caseId)
  switch (entry.kind) {
    case 'case':
      if (!line.withdrawn && entry.version > line.announced)
        await journal.record({ kind: 'announced', caseId: entry.caseId, version: entry.version })
      return
    case 'act': {
      const { act, receipt } = entry
      const opened = await openReceipt(
        receipt,
        { id: act.header.id, caseId: entry.caseId, hash: await crypto.sha256(utf8(act.jws)) },
        trust,
        crypto,
      )
      if (!opened.ok) throw new Problem('protocol-broken')
      const held = journal.ledger.acts.get(act.header.id)
      const { seq, at, staleBasis } = opened.value
      if (held) {
        // Our own act, whose answer was lost on the way: the feed brings the receipt.
        if (held.state === 'recorded')
          await journal.record({
            kind: 'accepted',
            actId: act.header.id,
            receipt,
            seq,
            at,
            ...(staleBasis ? { staleBasis } : {}),
          })
        return
      }
      if (line.withdrawn) return
      const box = await boxes.seal(entry.caseId, { payload: act.payload, salt: act.salt })
      await journal.record({ kind: 'remote-act', header: act.header, jws: act.jws, box, receipt, seq, at })
      return
    }
    case 'order': {
      if (line.withdrawn) return
      const { requests } = await centre.requests(entry.caseId, signal)
      for (const request of requests) {
        const known = line.orders.get(request.orderId)?.state
        if (known && known.state === request.state && known.at === request.updatedAt) continue
        const box = request.result ? await boxes.seal(entry.caseId, request.result) : undefined
        await journal.record({
          kind: 'order-state',
          caseId: entry.caseId,
          orderId: request.orderId,
          state: request.state,
          at: request.updatedAt,
          ...(box ? { box } : {}),
        })
      }
      return
    }
    case 'tombstone': {
      if (line.withdrawn) return
      const opened = await openTombstone(entry.jws, entry.caseId, trust, crypto)
      if (!opened.ok) throw new Problem(opened.error)
      await journal.record({ kind: 'purge-started', caseId: entry.caseId, jws: entry.jws, at: clock.now().toISOString() })
      await purge(entry.caseId, ports, signal)
      return
    }
  }
}

/** Keys first: from that moment nothing opens, whatever becomes of the files. Every step may be repeated after a crash. */
export async function purge(
  caseId: string,
  { boxes, packages, journal, clock, centre }: PullPorts,
  signal: AbortSignal,
): Promise<void> {
  const line = journal.ledger.case(caseId)
  if (!line.withdrawn) {
    await boxes.destroy(caseId)
    await packages.remove(caseId)
    await journal.record({ kind: 'purged', caseId, at: clock.now().toISOString() })
  }
  if (line.purgeReceipted || !line.purgedAt) return
  await centre.purgeReceipt(caseId, line.purgedAt, signal)
  await journal.record({ kind: 'purge-receipted', caseId, at: clock.now().toISOString() })
}
