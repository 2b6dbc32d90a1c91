import type { Entry, EntryOf } from './entry.ts'

/** One act with everything the journal says of it. */
export interface ActLine {
  readonly entry: EntryOf<'act'> | EntryOf<'remote-act'>
  readonly mine: boolean
  state: 'recorded' | 'accepted' | 'conflict' | 'refused'
  receipt?: { readonly seq: number; readonly jws: string; readonly at: string; readonly staleBasis?: boolean }
  against?: readonly string[]
  problem?: string
}

export interface OrderLine {
  readonly orderId: string
  readonly caseId: string
  serviceRequest?: string
  cancelSent?: boolean
  state?: EntryOf<'order-state'>
}

/** What the journal says of one case. */
export interface CaseLine {
  readonly id: string
  announced: number
  published?: EntryOf<'published'>
  readonly acts: ActLine[]
  readonly orders: Map<string, OrderLine>
  withdrawn: boolean
  purging: boolean
  /** When it was purged here, and whether the centre has the proof. */
  purgedAt?: string
  purgeReceipted: boolean
  /** Counts changes, so that a reader can tell whether anything moved. */
  changes: number
}

/**
 * The journal, folded. It is derived and may be thrown away: `fold` over all entries gives it back. States of acts are
 * never stored apart from the entries that cause them, so there is no second truth.
 */
export class Ledger {
  readonly cases = new Map<string, CaseLine>()
  readonly acts = new Map<string, ActLine>()
  bound: EntryOf<'bound'> | undefined
  signedIn: EntryOf<'signed-in'> | undefined
  keys: EntryOf<'keys'> | undefined
  cursor = ''
  lastAct: ActLine | undefined

  case(id: string): CaseLine {
    let line = this.cases.get(id)
    if (!line) {
      line = {
        id,
        announced: 0,
        acts: [],
        orders: new Map(),
        withdrawn: false,
        purging: false,
        purgeReceipted: false,
        changes: 0,
      }
      this.cases.set(id, line)
    }
    return line
  }

  apply(entry: Entry): void {
    switch (entry.kind) {
      case 'bound':
        this.bound = entry
        return
      case 'signed-in':
        this.signedIn = entry
        return
      case 'keys':
        this.keys = entry
        return
      case 'cursor':
        this.cursor = entry.cursor
        return
      case 'announced': {
        const line = this.touch(entry.caseId)
        line.announced = Math.max(line.announced, entry.version)
        return
      }
      case 'published': {
        const line = this.touch(entry.caseId)
        line.published = entry
        line.announced = Math.max(line.announced, entry.version)
        return
      }
      case 'act':
        this.add({ entry, mine: true, state: 'recorded' })
        return
      case 'remote-act': {
        if (this.acts.has(entry.header.id)) return
        this.add({ entry, mine: false, state: 'accepted', receipt: { seq: entry.seq, jws: entry.receipt, at: entry.at } })
        return
      }
      case 'accepted':
        this.settle(entry.actId, line => {
          line.state = 'accepted'
          line.receipt = { seq: entry.seq, jws: entry.receipt, at: entry.at, ...(entry.staleBasis ? { staleBasis: true } : {}) }
        })
        return
      case 'conflict':
        this.settle(entry.actId, line => {
          line.state = 'conflict'
          line.against = entry.against
        })
        return
      case 'refused':
        this.settle(entry.actId, line => {
          line.state = 'refused'
          line.problem = entry.problem
        })
        return
      case 'order-sent':
        this.order(entry).serviceRequest = entry.serviceRequest
        return
      case 'order-cancel-sent':
        this.order(entry).cancelSent = true
        return
      case 'order-state':
        this.order(entry).state = entry
        return
      case 'purge-started':
        this.touch(entry.caseId).purging = true
        return
      case 'purged': {
        const line = this.touch(entry.caseId)
        line.withdrawn = true
        line.purgedAt = entry.at
        delete line.published
        return
      }
      case 'purge-receipted':
        this.touch(entry.caseId).purgeReceipted = true
        return
    }
  }

  /** Centre sequence of the newest act of this case that has reached this device. */
  head(caseId: string): number {
    return Math.max(0, ...this.case(caseId).acts.map(act => act.receipt?.seq ?? 0))
  }

  /** Own acts not yet received by the centre, in the order they were recorded here. */
  outbox(): readonly ActLine[] {
    return [...this.acts.values()].filter(act => act.mine && act.state === 'recorded')
  }

  private touch(caseId: string): CaseLine {
    const line = this.case(caseId)
    line.changes += 1
    return line
  }

  private add(line: ActLine): void {
    this.acts.set(line.entry.header.id, line)
    this.touch(line.entry.header.caseId).acts.push(line)
    if (line.mine) this.lastAct = line
  }

  private settle(actId: string, change: (line: ActLine) => void): void {
    const line = this.acts.get(actId)
    if (!line) return
    change(line)
    this.touch(line.entry.header.caseId)
  }

  private order({ orderId, caseId }: { readonly orderId: string; readonly caseId: string }): OrderLine {
    const line = this.touch(caseId)
    let order = line.orders.get(orderId)
    if (!order) {
      order = { orderId, caseId }
      line.orders.set(orderId, order)
    }
    return order
  }
}
