import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { SignedAct } from '#domain/act.ts'
import { Problem } from '#domain/problems.ts'
import type { Crypto, TrustedKey } from '#sync/jws.ts'
import type { Centre } from '#sync/ports.ts'
import { CHUNK_BYTES, type EventAnswer, type FeedEntry, type Manifest, type ManifestFile } from '#sync/protocol.ts'
import { TYP } from '#sync/trust.ts'

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
export const nodeCrypto: Crypto = {
  verifyEd25519: async (message, signature, x) =>
    verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature),
  sha256: async bytes => sha256(bytes),
}

interface Key {
  readonly kid: string
  readonly x: string
  readonly secret: KeyObject
}

function newKey(kid: string): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { kid, x: publicKey.export({ format: 'jwk' }).x as string, secret: privateKey }
}

export function jwsOf(typ: string, key: Key, payload: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'EdDSA', kid: key.kid, typ })}.${part(payload)}`
  return `${text}.${sign(null, Buffer.from(text), key.secret).toString('base64url')}`
}

/**
 * A centre in memory behind the `Centre` port, for the sync engine alone: it signs for real, counts every effect, and misbehaves on
 * demand. The real centre has its own tests.
 */
export function aCentre(now = () => new Date('2026-11-22T06:00:00.000Z')) {
  const root = newKey('root')
  const signing = newKey('signing')
  const feed: FeedEntry[] = []
  const manifests = new Map<string, string>()
  const objects = new Map<string, Uint8Array>()
  const acts = new Map<string, { act: SignedAct; seq: number; receipt: string }>()
  const orders = new Map<string, number>()
  const purged: string[] = []
  let seq = 0
  /** Called before (`in`) and after (`out`) each request takes effect; throw to break the line there. */
  let fault: (call: string, when: 'in' | 'out') => void = () => {}
  let expiresAt = '2027-01-01T00:00:00.000Z'

  const keysJws = () =>
    jwsOf(TYP.keys, root, {
      version: 1,
      issuedAt: '2026-11-01T00:00:00.000Z',
      expiresAt,
      keys: [{ kid: 'signing', x: signing.x, use: ['manifest', 'receipt', 'tombstone'] }],
    })

  async function through<T>(call: string, signal: { throwIfAborted(): void }, work: () => T): Promise<T> {
    await new Promise(resolve => setImmediate(resolve))
    signal.throwIfAborted()
    fault(call, 'in')
    const answer = work()
    fault(call, 'out')
    return answer
  }

  const centre: Centre = {
    keys: signal => through('keys', signal, () => ({ jws: keysJws(), serverTime: now().toISOString() })),
    feed: (cursor, signal) =>
      through('feed', signal, () => {
        const from = cursor === '' ? 0 : Number(cursor)
        const entries = feed.slice(from, from + 3)
        return {
          cursor: String(from + entries.length),
          more: from + entries.length < feed.length,
          serverTime: now().toISOString(),
          entries,
        }
      }),
    manifest: (caseId, signal) => through('manifest', signal, () => manifests.get(caseId) ?? ''),
    grant: (caseId, version, signal) =>
      through('grant', signal, () => {
        const files = JSON.parse(Buffer.from((manifests.get(caseId) ?? '').split('.')[1] ?? '', 'base64url').toString())
          .files as ManifestFile[]
        const headers = Object.fromEntries(files.map(file => [file.id, Buffer.from(`header of ${file.id}`).toString('base64')]))
        const hashes = Object.fromEntries(files.map(file => [file.id, sha256(`header of ${file.id}`)]))
        return { version, headers, jws: jwsOf(TYP.grant, signing, { caseId, version, headers: hashes }) }
      }),
    download: (objectId, start, end, signal) =>
      through('download', signal, () => (objects.get(objectId) ?? new Uint8Array()).slice(start, end)),
    sendActs: (_caseId, sent, signal) =>
      through('sendActs', signal, () => ({
        serverTime: now().toISOString(),
        answers: sent.map((act): EventAnswer => {
          const held = acts.get(act.header.id)
          if (held) return { result: 'duplicate', id: act.header.id, receipt: held.receipt }
          const against = [...acts.values()].filter(
            it =>
              it.act.header.subject !== undefined &&
              it.act.header.subject === act.header.subject &&
              it.seq > act.header.base &&
              it.act.header.deviceId !== act.header.deviceId,
          )
          if (against.length > 0)
            return { result: 'conflict', id: act.header.id, head: seq, against: against.map(it => it.act.header.id) }
          seq += 1
          const receipt = jwsOf(TYP.receipt, signing, {
            actId: act.header.id,
            caseId: act.header.caseId,
            seq,
            hash: sha256(act.jws),
            at: now().toISOString(),
          })
          acts.set(act.header.id, { act, seq, receipt })
          feed.push({ kind: 'act', caseId: act.header.caseId, seq, act, receipt })
          return { result: 'accepted', id: act.header.id, receipt }
        }),
      })),
    sendOrder: (bundle, signal) =>
      through('sendOrder', signal, () => {
        const id = (bundle as { orderId: string }).orderId
        orders.set(id, (orders.get(id) ?? 0) + 1)
        return `sr-${id.slice(-4)}`
      }),
    requests: (_caseId, signal) => through('requests', signal, () => ({ requests: [] })),
    purgeReceipt: (caseId, _at, signal) => through('purgeReceipt', signal, () => void purged.push(caseId)),
  }

  return {
    centre,
    root: { kid: root.kid, x: root.x } satisfies TrustedKey,
    acts,
    orders,
    purged,
    faults: (next: typeof fault) => {
      fault = next
    },
    keysExpire: (at: string) => {
      expiresAt = at
    },
    /** Registers a case version with files of the given sizes (bytes); answers its manifest. */
    publish(
      caseId: string,
      version: number,
      sizes: Record<string, number>,
      change: (manifest: Manifest) => Manifest = it => it,
      key: 'signing' | 'stranger' = 'signing',
    ) {
      const files = Object.entries(sizes).map(([id, size]): ManifestFile => {
        const bytes = new Uint8Array(size).map((_, at) => (at * 31 + version * 7 + id.length) & 255)
        const objectId = `${caseId}/${version}/${id}`
        objects.set(objectId, bytes)
        const chunks = Array.from({ length: Math.ceil(size / CHUNK_BYTES) }, (_, at) =>
          sha256(bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES)),
        )
        return {
          id,
          role: 'reads',
          bodySize: size,
          bodySha256: sha256(bytes),
          plainSize: size,
          plainSha256: sha256(bytes),
          chunkSize: CHUNK_BYTES,
          chunks,
          objectId,
        }
      })
      const manifest = change({
        caseId,
        version,
        issuedAt: now().toISOString(),
        expiresAt: '2027-01-01T00:00:00.000Z',
        assembly: 'GRCh38',
        files,
        consent: { state: 'valid', version: '3' },
      })
      manifests.set(caseId, jwsOf(TYP.manifest, key === 'signing' ? signing : newKey('signing'), manifest))
      feed.push({ kind: 'case', caseId, version })
      return manifest
    },
    damage(objectId: string, at: number) {
      const bytes = objects.get(objectId)
      if (bytes) bytes[at] = (bytes[at] ?? 0) ^ 1
    },
    withdraw(caseId: string) {
      feed.push({
        kind: 'tombstone',
        caseId,
        jws: jwsOf(TYP.tombstone, signing, { caseId, reason: 'withdrawn', issuedAt: now().toISOString(), flush: true }),
      })
    },
  }
}

/** A line that drops at the given request numbers (1-based, over all calls), before or after the effect. */
export function dropsAt(numbers: readonly number[], when: 'in' | 'out') {
  let count = 0
  return (_call: string, at: 'in' | 'out') => {
    if (at !== when) return
    count += 1
    if (numbers.includes(count)) throw new Problem('centre-unreachable')
  }
}
