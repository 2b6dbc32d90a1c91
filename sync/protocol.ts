import { z } from 'zod'
import { SignedAct } from '#domain/act.ts'
import { CaseId } from '#domain/case.ts'
import { OrderResult, OrderState } from '#domain/confirmation.ts'

/* The wire between workstation and data centre (docs/data-centre-api.md). JSON bodies are parsed here, at the door, on both sides. */

const hex64 = z.string().regex(/^[0-9a-f]{64}$/)
export const CHUNK_BYTES = 1_049_024

/** `GET /.well-known/gw-configuration` */
export const CentreConfiguration = z.object({
  name: z.string(),
  apiVersion: z.literal('1'),
  issuer: z.url(),
  clientId: z.string(),
  /** Acceptable authentication contexts; the centre checks them too. */
  acrValues: z.array(z.string()),
  simulated: z.boolean(),
  serverTime: z.iso.datetime(),
  /** Compact JWS (EdDSA) by the pinned root over `SigningKeys`. */
  keys: z.string(),
})
export type CentreConfiguration = z.infer<typeof CentreConfiguration>

/** Payload of `keys`: short-lived signing keys vouched for by the pinned root. Ed25519 public keys as JWK `x` (base64url). */
export const SigningKeys = z.object({
  version: z.int().min(1),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  keys: z.array(z.object({ kid: z.string(), x: z.string(), use: z.array(z.enum(['manifest', 'receipt', 'tombstone', 'time'])) })),
})
export type SigningKeys = z.infer<typeof SigningKeys>

/** What a hospital's administrator puts on a workstation to join it to a centre: address, CA, pinned root, one-time ticket. */
export const EnrolmentFile = z.object({
  centre: z.url(),
  caPem: z.string(),
  rootKeys: z.array(z.object({ kid: z.string(), x: z.string() })).min(1),
  ticket: z.string(),
  hospital: z.string(),
})
export type EnrolmentFile = z.infer<typeof EnrolmentFile>

/** `POST /devices` with a bearer (DPoP) token: binds the device keys to user's hospital. Answer is idempotent per key. */
export const DeviceRequest = z.object({
  ticket: z.string(),
  name: z.string().max(120),
  /** base64url */
  ed25519: z.string(),
  x25519: z.string(),
  /** Compact JWS by the ed25519 key over `{ed25519,x25519,ticket}`: proof of possession. */
  proof: z.string(),
})
export type DeviceRequest = z.infer<typeof DeviceRequest>
export const DeviceReply = z.object({ deviceId: z.string(), name: z.string(), hospital: z.string() })
export type DeviceReply = z.infer<typeof DeviceReply>

/** Entry of the change feed `GET /cases?since={cursor}`. Absence never means deletion: only a signed tombstone does. */
export const FeedEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case'), caseId: CaseId, version: z.int().min(1) }),
  z.object({ kind: z.literal('act'), caseId: CaseId, seq: z.int().min(1), act: SignedAct, receipt: z.string() }),
  z.object({ kind: z.literal('order'), caseId: CaseId, orderId: z.uuid() }),
  z.object({ kind: z.literal('tombstone'), caseId: CaseId, jws: z.string() }),
])
export type FeedEntry = z.infer<typeof FeedEntry>
export const FeedPage = z.object({
  cursor: z.string(),
  more: z.boolean(),
  serverTime: z.iso.datetime(),
  entries: z.array(FeedEntry),
})
export type FeedPage = z.infer<typeof FeedPage>

/** A file of the package as the manifest describes it. Hashes are of the SEALED bytes behind the header, hex SHA-256. */
export const ManifestFile = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/),
  role: z.string(),
  /** Sealed size without the Crypt4GH header (the header is made anew for each grant). */
  bodySize: z.int().min(0),
  bodySha256: hex64,
  /** Size of the plain file, bytes. */
  plainSize: z.int().min(0),
  plainSha256: hex64,
  chunkSize: z.literal(CHUNK_BYTES),
  /** SHA-256 of each chunk of the body, in order. */
  chunks: z.array(hex64),
  /** Key into `GET /ga4gh/drs/v1/objects/{objectId}`. */
  objectId: z.string(),
})
export type ManifestFile = z.infer<typeof ManifestFile>

/** Payload of the compact JWS (EdDSA) that `GET /cases/{id}/manifest` answers; `typ` is "panelbench-manifest+jws". */
export const Manifest = z.object({
  caseId: CaseId,
  version: z.int().min(1),
  prevManifestHash: hex64.optional(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  assembly: z.string(),
  files: z.array(ManifestFile).min(1),
  consent: z.object({ state: z.string(), version: z.string() }),
})
export type Manifest = z.infer<typeof Manifest>

/** `POST /cases/{id}/grants`: my public key for this case -> Crypt4GH headers made for it. */
export const GrantRequest = z.object({ version: z.int().min(1), publicKey: z.string(), deviceId: z.string(), proof: z.string() })
export type GrantRequest = z.infer<typeof GrantRequest>
export const GrantReply = z.object({
  version: z.int().min(1),
  /** file id -> Crypt4GH header (base64), readable by the case key only. */
  headers: z.record(z.string(), z.string()),
  /** JWS (EdDSA, signing key) over `{caseId, version, headers: {id: sha256hex}}`: headers cannot be swapped on the way. */
  jws: z.string(),
})
export type GrantReply = z.infer<typeof GrantReply>

/** DRS 1.5 object and access, the fields that we use. */
export const DrsObject = z.object({
  id: z.string(),
  size: z.int(),
  checksums: z.array(z.object({ type: z.string(), checksum: z.string() })),
  access_methods: z.array(
    z.object({ type: z.string(), access_id: z.string().optional(), access_url: z.object({ url: z.string() }).optional() }),
  ),
})
export type DrsObject = z.infer<typeof DrsObject>
export const DrsAccess = z.object({ url: z.string(), headers: z.array(z.string()).optional() })
export type DrsAccess = z.infer<typeof DrsAccess>

/** `POST /cases/{id}/events`: signed acts in the order of the device. One answer per act. */
export const EventsRequest = z.object({ events: z.array(SignedAct).min(1).max(100) })
export type EventsRequest = z.infer<typeof EventsRequest>
export const EventAnswer = z.discriminatedUnion('result', [
  z.object({ result: z.literal('accepted'), id: z.uuid(), receipt: z.string() }),
  z.object({ result: z.literal('duplicate'), id: z.uuid(), receipt: z.string() }),
  z.object({ result: z.literal('conflict'), id: z.uuid(), head: z.int(), against: z.array(z.uuid()) }),
  z.object({ result: z.literal('refused'), id: z.uuid(), problem: z.string() }),
])
export type EventAnswer = z.infer<typeof EventAnswer>
export const EventsReply = z.object({ answers: z.array(EventAnswer), serverTime: z.iso.datetime() })
export type EventsReply = z.infer<typeof EventsReply>

/** Payload of a receipt JWS. `hash` is SHA-256 of the act's JWS: the receipt names exactly what was received. */
export const Receipt = z.object({
  actId: z.uuid(),
  caseId: CaseId,
  seq: z.int().min(1),
  hash: hex64,
  at: z.iso.datetime(),
  staleBasis: z.boolean().optional(),
})
export type Receipt = z.infer<typeof Receipt>

/** `GET /cases/{id}/requests`: what the centre says of each confirmation order. */
export const RequestsReply = z.object({
  requests: z.array(
    z.object({
      orderId: z.uuid(),
      serviceRequest: z.string(),
      state: OrderState,
      result: OrderResult.optional(),
      updatedAt: z.iso.datetime(),
    }),
  ),
})
export type RequestsReply = z.infer<typeof RequestsReply>

/** Payload of a tombstone JWS: the only thing that deletes. */
export const Tombstone = z.object({
  caseId: CaseId,
  reason: z.enum(['withdrawn', 'closed', 'moved']),
  issuedAt: z.iso.datetime(),
  flush: z.boolean(),
})
export type Tombstone = z.infer<typeof Tombstone>

/** RFC 9457 problem of the centre. */
export const CentreProblem = z.object({
  type: z.string(),
  title: z.string().optional(),
  status: z.int().optional(),
  code: z.string().optional(),
})
