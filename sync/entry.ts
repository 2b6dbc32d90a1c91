import { z } from 'zod'
import { ActHeader, ActPayload } from '#domain/act.ts'
import { CaseId } from '#domain/case.ts'
import { OrderState } from '#domain/confirmation.ts'

/**
 * What the journal holds, one entry a record. `box` is content sealed under the case key (base64): purging the key makes it
 * unreadable while the chain of headers and hashes stays whole.
 */
export const Entry = z.discriminatedUnion('kind', [
  /** The account this device is bound to, and the centre's name for the device. */
  z.object({ kind: z.literal('bound'), deviceId: z.string(), deviceName: z.string(), hospital: z.string() }),
  z.object({
    kind: z.literal('signed-in'),
    sub: z.string(),
    name: z.string(),
    role: z.string(),
    hospital: z.string(),
    acr: z.string(),
    at: z.iso.datetime(),
  }),
  /** Highest version of the centre's key document that was accepted, with the document itself for offline checks. */
  z.object({ kind: z.literal('keys'), version: z.int(), jws: z.string() }),
  z.object({ kind: z.literal('cursor'), cursor: z.string() }),
  /** A case exists at the centre in this version; fetching may still be under way. */
  z.object({ kind: z.literal('announced'), caseId: CaseId, version: z.int() }),
  /** The atomic switch: from here on this version is the one that is read. */
  z.object({
    kind: z.literal('published'),
    caseId: CaseId,
    version: z.int(),
    hash: z.string(),
    manifest: z.string(),
    bytes: z.number(),
  }),
  z.object({ kind: z.literal('act'), header: ActHeader, jws: z.string(), box: z.string(), at: z.iso.datetime() }),
  z.object({
    kind: z.literal('accepted'),
    actId: z.uuid(),
    receipt: z.string(),
    seq: z.int(),
    at: z.iso.datetime(),
    staleBasis: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('conflict'), actId: z.uuid(), against: z.array(z.uuid()), head: z.int() }),
  z.object({ kind: z.literal('refused'), actId: z.uuid(), problem: z.string() }),
  /** An act of another workstation, as the centre's feed brought it. */
  z.object({
    kind: z.literal('remote-act'),
    header: ActHeader,
    jws: z.string(),
    box: z.string(),
    receipt: z.string(),
    seq: z.int(),
    at: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal('order-sent'),
    orderId: z.uuid(),
    caseId: CaseId,
    serviceRequest: z.string(),
    at: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('order-cancel-sent'), orderId: z.uuid(), caseId: CaseId, at: z.iso.datetime() }),
  z.object({
    kind: z.literal('order-state'),
    orderId: z.uuid(),
    caseId: CaseId,
    state: OrderState,
    box: z.string().optional(),
    at: z.iso.datetime(),
  }),
  z.object({ kind: z.literal('purge-started'), caseId: CaseId, jws: z.string(), at: z.iso.datetime() }),
  z.object({ kind: z.literal('purged'), caseId: CaseId, at: z.iso.datetime() }),
  /** The centre has our proof of deletion; until then it is sent again. */
  z.object({ kind: z.literal('purge-receipted'), caseId: CaseId, at: z.iso.datetime() }),
])
export type Entry = z.infer<typeof Entry>
export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

/** What is inside the box of an act: the payload and the salt that its hash was made with. */
export const ActBox = z.object({ payload: ActPayload, salt: z.string() })
export type ActBox = z.infer<typeof ActBox>
