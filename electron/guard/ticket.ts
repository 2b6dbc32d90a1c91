import { randomBytes } from 'node:crypto'

export interface Tickets {
  /** A ticket that buys one session, for a short time. */
  issue(): string
  redeem(ticket: string): boolean
}

/** One use each, gone after `lifeMs`. Only the last few issued are held. */
export function createTickets(now: () => number, lifeMs: number): Tickets {
  const live = new Map<string, number>()
  return {
    issue() {
      const ticket = randomBytes(32).toString('base64url')
      live.set(ticket, now() + lifeMs)
      for (const old of [...live.keys()].slice(0, Math.max(0, live.size - 8))) live.delete(old)
      return ticket
    },
    redeem(ticket) {
      const until = live.get(ticket)
      live.delete(ticket)
      return until !== undefined && now() < until
    },
  }
}
