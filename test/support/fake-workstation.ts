import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { ActPayload } from '#domain/act.ts'
import { subjectOf } from '#domain/act.ts'
import { Problem } from '#domain/problems.ts'
import { anActHeader } from '#domain/testing.ts'
import { createSync, type SyncEngine } from '#sync/engine.ts'
import type { Entry } from '#sync/entry.ts'
import { Ledger } from '#sync/ledger.ts'
import type { Boxes, Clock, Packages, Record } from '#sync/ports.ts'
import type { Manifest } from '#sync/protocol.ts'
import { type aCentre, jwsOf, nodeCrypto, sha256 } from './fake-centre.ts'

/** A workstation in memory around the real engine: journal and packages survive `restart`, everything else does not. */
export function aWorkstation(centre: ReturnType<typeof aCentre>, deviceId = 'device-1') {
  const entries: Entry[] = []
  const chunks = new Map<string, Map<number, Uint8Array>>()
  const published = new Map<string, number>()
  let downloaded = 0
  let ledger = new Ledger()
  let diskFull = false
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = { kid: deviceId, x: publicKey.export({ format: 'jwk' }).x as string, secret: privateKey }

  const journal: Record = {
    get ledger() {
      return ledger
    },
    async record(entry) {
      if (diskFull) throw new Problem('disk-full')
      entries.push(entry)
      ledger.apply(entry)
    },
  }
  const destroyed = new Set<string>()
  const boxes: Boxes = {
    seal: async (caseId, value) => JSON.stringify({ caseId, value }),
    async open(caseId, box) {
      if (destroyed.has(caseId)) throw new Problem('withdrawn')
      return (JSON.parse(box) as { value: unknown }).value
    },
    destroy: async caseId => void destroyed.add(caseId),
  }
  const packages: Packages = {
    async stage() {
      return {
        async missing(file) {
          const have = chunks.get(file.bodySha256) ?? new Map()
          return file.chunks.map((_, at) => at).filter(at => !have.has(at))
        },
        async write(file, chunk, bytes) {
          if (diskFull) throw new Problem('disk-full')
          if (sha256(bytes) !== file.chunks[chunk]) throw new Problem('file-damaged')
          downloaded += bytes.length
          const have = chunks.get(file.bodySha256) ?? new Map<number, Uint8Array>()
          have.set(chunk, bytes)
          chunks.set(file.bodySha256, have)
        },
      }
    },
    async publish(manifest: Manifest) {
      for (const file of manifest.files)
        if ((chunks.get(file.bodySha256)?.size ?? 0) !== file.chunks.length) throw new Problem('file-damaged')
      published.set(manifest.caseId, manifest.version)
      return { bytes: manifest.files.reduce((sum, file) => sum + file.bodySize, 0) }
    },
    remove: async caseId => void published.delete(caseId),
  }
  let time = Date.parse('2026-11-22T06:00:00.000Z')
  const clock: Clock = {
    now: () => new Date(time),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        const timer = setTimeout(
          () => {
            time += ms
            resolve()
          },
          Math.min(1, ms),
        )
        signal.addEventListener('abort', () => {
          clearTimeout(timer)
          resolve()
        })
      }),
  }
  let engine: SyncEngine | undefined

  const start = (over: { signedIn?: () => boolean } = {}) => {
    engine = createSync({
      centre: centre.centre,
      journal,
      packages,
      boxes,
      crypto: nodeCrypto,
      clock,
      roots: [centre.root],
      random: () => 0.5,
      changed: () => {},
      signedIn: over.signedIn ?? (() => true),
      prepare: async () => {},
      pollMs: 1000,
      makeBundle: async (_caseId, actId) => {
        const line = ledger.acts.get(actId)
        const { payload } = (await boxes.open('', line?.entry.box ?? '')) as { payload: { orderId: string } }
        return { orderId: payload.orderId }
      },
    })
    engine.start()
    return engine
  }

  return {
    start,
    stop: () => engine?.stop(),
    /** As after a crash: the ledger is folded anew from what the journal holds. */
    restart() {
      ledger = new Ledger()
      for (const entry of entries) ledger.apply(entry)
    },
    get ledger() {
      return ledger
    },
    get downloaded() {
      return downloaded
    },
    published,
    destroyed,
    entries,
    fillDisk: (full: boolean) => {
      diskFull = full
    },
    async act(payload: ActPayload, caseId = 'case-1'): Promise<string> {
      const before = ledger.lastAct?.entry
      const subject = subjectOf(payload)
      const header = anActHeader({
        id: randomUUID(),
        caseId,
        type: payload.type,
        deviceId,
        deviceSeq: (before?.header.deviceSeq ?? 0) + 1,
        base: ledger.head(caseId),
        ...(subject ? { subject } : {}),
      })
      await journal.record({
        kind: 'act',
        header,
        jws: jwsOf('panelbench-act+jws', key, header),
        box: await boxes.seal(caseId, { payload, salt: 's' }),
        at: header.deviceTime,
      })
      engine?.poke()
      return header.id
    },
    /** Waits until `done` holds, or fails with what the engine says. */
    async until(done: () => boolean, ms = 5000) {
      const end = Date.now() + ms
      while (!done()) {
        if (Date.now() > end)
          throw new Error(`not reached; engine: ${JSON.stringify(engine?.status())} ${JSON.stringify(engine?.progress.view())}`)
        await new Promise(resolve => setTimeout(resolve, 2))
      }
    },
  }
}
