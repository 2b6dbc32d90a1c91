import { Problem } from '#domain/problems.ts'
import { backoff } from './backoff.ts'
import { fetchCase } from './fetch-case.ts'
import { Progress } from './progress.ts'
import { type PullPorts, pullFeed, pullTrust, purge } from './pull.ts'
import { type MakeOrderBundle, pushActs, pushOrders } from './push.ts'
import type { Trust } from './trust.ts'

export interface EnginePorts extends PullPorts {
  readonly makeBundle: MakeOrderBundle
  readonly random: () => number
  /** Something about sync or about this case changed: tell whoever looks. */
  changed(caseId?: string): void
  /** Whether we hold a token to call with. */
  signedIn(): boolean
  /** Runs at the start of each round, before anything is asked: enrols the device when the centre does not know it yet. */
  prepare(signal: AbortSignal): Promise<void>
  /** How often to ask the centre when nothing else happens, ms. */
  readonly pollMs: number
}

export type Online = 'online' | 'offline' | 'sign-in-needed' | 'switched-off'

export interface SyncEngine {
  readonly progress: Progress
  status(): {
    state: 'idle' | 'running' | 'waiting' | 'switched-off'
    online: Online
    lastSync?: string
    nextTry?: string
    problem?: string
    offsetMs: number
  }
  /** Starts the loop; it goes on until `stop`. */
  start(): void
  /** Something was recorded, or a person asked: go round now. */
  poke(): void
  cancel(caseId?: string): void
  resume(caseId: string): void
  setNetwork(on: boolean): void
  /** Ends the loop and waits until nothing of it runs. */
  stop(): Promise<void>
}

/** The loop: trust, feed, send, fetch. One round at a time; a failure waits and tries again; nothing is lost in between. */
export function createSync(ports: EnginePorts): SyncEngine {
  const { clock, journal } = ports
  const progress = new Progress(
    () => clock.now().getTime(),
    () => ports.changed(),
  )
  let online: Online = 'offline'
  let running = false
  let networkOn = true
  let lastSync: string | undefined
  let nextTry: string | undefined
  let problem: string | undefined
  let offsetMs = 0
  let failures = 0
  let poked = false
  let wake = new AbortController()
  let round = new AbortController()
  let ended: Promise<void> | undefined
  let stopping = false
  const fetching = new Map<string, AbortController>()
  const held = new Set<string>()

  async function once(signal: AbortSignal): Promise<void> {
    const { trust, offsetMs: offset } = await pullTrust(ports, signal)
    await ports.prepare(signal)
    offsetMs = offset
    online = 'online'
    for (const line of [...journal.ledger.cases.values()])
      if (line.purging && !line.purgeReceipted) await purge(line.id, ports, signal)
    // What people did goes out before gigabytes come in.
    await pushActs(ports, trust, signal, ports.changed)
    await pullFeed(ports, trust, signal, ports.changed)
    await pushOrders(ports, ports.makeBundle, signal, ports.changed)
    await fetchAll(trust, signal)
    await pushActs(ports, trust, signal, ports.changed)
    await pushOrders(ports, ports.makeBundle, signal, ports.changed)
  }

  async function fetchAll(trust: Trust, signal: AbortSignal): Promise<void> {
    const wanted = [...journal.ledger.cases.values()].filter(
      line => !line.withdrawn && !line.purging && line.announced > (line.published?.version ?? 0) && !held.has(line.id),
    )
    for (const { id } of wanted) progress.state(id, 'queued')
    for (const { id } of wanted) {
      signal.throwIfAborted()
      if (held.has(id)) continue
      const own = new AbortController()
      const pass = () => own.abort(signal.reason)
      signal.addEventListener('abort', pass, { once: true })
      fetching.set(id, own)
      try {
        await fetchCase(id, ports, trust, progress, own.signal)
        ports.changed(id)
      } catch (failure) {
        if (own.signal.aborted && !signal.aborted) progress.state(id, 'cancelled', 'cancelled')
        else {
          const code = codeOf(failure)
          progress.state(id, 'failed', code)
          // A broken case must not keep the others away; a dead line stops the round.
          if (isTransport(code) || signal.aborted) throw failure
        }
      } finally {
        signal.removeEventListener('abort', pass)
        fetching.delete(id)
      }
    }
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      let wait = ports.pollMs
      poked = false
      if (!networkOn) online = 'switched-off'
      else if (!ports.signedIn()) online = 'sign-in-needed'
      else {
        running = true
        nextTry = undefined
        round = new AbortController()
        ports.changed()
        try {
          await once(round.signal)
          lastSync = clock.now().toISOString()
          problem = undefined
          failures = 0
        } catch (failure) {
          problem = round.signal.aborted ? undefined : codeOf(failure)
          if (networkOn)
            online = problem === 'sign-in-needed' ? 'sign-in-needed' : problem && isTransport(problem) ? 'offline' : online
          wait = backoff(failures++, ports.random)
        } finally {
          running = false
        }
        if (!networkOn) online = 'switched-off'
      }
      if (stopping) break
      nextTry = networkOn && online !== 'sign-in-needed' ? new Date(clock.now().getTime() + wait).toISOString() : undefined
      ports.changed()
      if (!poked) {
        wake = new AbortController()
        await clock.sleep(online === 'switched-off' || online === 'sign-in-needed' ? 3_600_000 : wait, wake.signal)
      }
    }
  }

  function poke(): void {
    poked = true
    wake.abort()
  }

  return {
    progress,
    status: () => ({
      state: !networkOn ? 'switched-off' : running ? 'running' : problem ? 'waiting' : 'idle',
      online,
      offsetMs,
      ...(lastSync ? { lastSync } : {}),
      ...(nextTry ? { nextTry } : {}),
      ...(problem ? { problem } : {}),
    }),
    start() {
      ended ??= loop()
    },
    poke,
    cancel(caseId) {
      const ids = caseId ? [caseId] : [...journal.ledger.cases.keys()]
      for (const id of ids) {
        const state = progress.stateOf(id)
        if (state === undefined || state === 'done') continue
        held.add(id)
        fetching.get(id)?.abort(new Problem('cancelled'))
        if (!fetching.has(id)) progress.state(id, 'cancelled', 'cancelled')
      }
    },
    resume(caseId) {
      held.delete(caseId)
      progress.state(caseId, 'queued')
      poke()
    },
    setNetwork(on) {
      networkOn = on
      if (!on) {
        online = 'switched-off'
        round.abort(new Problem('cancelled'))
      } else online = 'offline'
      failures = 0
      poke()
      ports.changed()
    },
    async stop() {
      stopping = true
      round.abort(new Problem('cancelled'))
      poke()
      await ended
    },
  }
}

function codeOf(failure: unknown): string {
  return failure instanceof Problem ? failure.code : 'internal'
}

function isTransport(code: string): boolean {
  return code.startsWith('centre-') || code === 'sign-in-needed' || code === 'protocol-broken'
}
