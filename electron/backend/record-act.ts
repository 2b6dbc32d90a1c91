import canonicalize from 'canonicalize'
import { v7 } from 'uuid'
import { type ActHeader, type Actor, type ActPayload, subjectOf } from '#domain/act.ts'
import { Problem } from '#domain/problems.ts'
import { actDigestInput } from '#sync/act-digest.ts'
import type { ActLine } from '#sync/ledger.ts'
import type { Boxes, Record } from '#sync/ports.ts'
import { TYP } from '#sync/trust.ts'
import { base64Url, sha256Hex, signJws } from './platform-crypto.ts'

export interface RecordActPorts {
  readonly journal: Record
  readonly boxes: Boxes
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly random: (length: number) => Uint8Array
  readonly now: () => Date
  readonly serverOffsetMs: () => number
  readonly actor: () => Actor
}

export interface ActInput {
  readonly caseId: string
  readonly base: number
  readonly manifestVersion: number
  readonly payload: ActPayload
}

export type ActRecorder = (input: ActInput) => Promise<ActLine>

const GENESIS = '0'.repeat(64)

/**
 * Signs and journals acts one after another: each names the hash of the one before it, so two at once must not read the same
 * "before". Resolves after fsync; when the journal refuses, the chain has not moved and nothing was recorded.
 */
export function createActRecorder(ports: RecordActPorts): ActRecorder {
  let last: Promise<unknown> = Promise.resolve()
  return input => {
    const mine = last.then(() => record(input, ports))
    last = mine.catch(() => undefined)
    return mine
  }
}

async function record({ caseId, base, manifestVersion, payload }: ActInput, ports: RecordActPorts): Promise<ActLine> {
  const { journal, boxes } = ports
  const deviceId = journal.ledger.bound?.deviceId
  if (!deviceId) throw new Problem('sign-in-needed')
  const before = journal.ledger.lastAct?.entry
  const salt = base64Url(ports.random(16))
  const subject = subjectOf(payload)
  const at = ports.now().toISOString()
  const header: ActHeader = {
    id: v7(),
    caseId,
    type: payload.type,
    base,
    manifestVersion,
    actor: ports.actor(),
    deviceId,
    deviceSeq: (before?.header.deviceSeq ?? 0) + 1,
    prev: before ? sha256Hex(before.jws) : GENESIS,
    deviceTime: at,
    serverOffsetMs: ports.serverOffsetMs(),
    ...(subject ? { subject } : {}),
    payloadHash: sha256Hex(actDigestInput(salt, canonical(payload))),
  }
  const jws = signJws(TYP.act, deviceId, canonical(header), ports.sign)
  await journal.record({ kind: 'act', header, jws, box: await boxes.seal(caseId, { payload, salt }), at })
  const line = journal.ledger.acts.get(header.id)
  if (!line) throw new Problem('could-not-record')
  return line
}

function canonical(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Problem('bad-request')
  return text
}
