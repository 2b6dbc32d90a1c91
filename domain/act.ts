import { z } from 'zod'
import { CaseId } from './case.ts'
import { Classification } from './finding.ts'
import { ReportLevel } from './report-level.ts'

/** Controlled reasons for dismissing a finding (所見の棄却). */
export const DISMISSAL_REASONS = [
  'strand-bias',
  'read-end',
  'low-mapping-quality',
  'present-in-normal',
  'common-in-population',
  'pseudogene',
  'low-support',
  'no-clinical-meaning',
  'other',
] as const
export const DismissalReason = z.enum(DISMISSAL_REASONS)
export type DismissalReason = z.infer<typeof DismissalReason>

/** Confirmation methods (確認検査の方法). */
export const CONFIRMATION_METHODS = [
  'sanger',
  'ddpcr',
  'fish',
  'mlpa',
  'rt-pcr',
  'gene-panel',
  'companion-diagnostic',
  'matched-normal',
] as const
export const ConfirmationMethod = z.enum(CONFIRMATION_METHODS)
export type ConfirmationMethod = z.infer<typeof ConfirmationMethod>

export const Recommendation = z.object({
  kind: z.enum(['drug', 'trial', 'test', 'counselling', 'none']),
  text: z.string().max(2000),
  /** 国内エビデンスレベル A–F or R. */
  evidenceLevel: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'R']).optional(),
  access: z.enum(['approved', 'trial', 'advanced-care', 'patient-proposed', 'off-label']).optional(),
})
export type Recommendation = z.infer<typeof Recommendation>

export const Dissent = z.object({ name: z.string().min(1).max(120), text: z.string().min(1).max(2000) })
export type Dissent = z.infer<typeof Dissent>

const findingId = z.string().min(1).max(128)

/** What a person did. Never edited: a correction is a new act. */
export const ActPayload = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('finding.decided'),
    findingId,
    /** The agreed tier or class, one per scheme that the panel settled. */
    classifications: z.array(Classification).max(8),
    level: ReportLevel,
    recommendation: Recommendation,
    return: z.enum(['return', 'hold', 'do-not-return']),
    dissents: z.array(Dissent).max(20),
    comment: z.string().max(4000),
  }),
  z.object({
    type: z.literal('finding.dismissed'),
    findingId,
    reasons: z.array(DismissalReason).min(1),
    comment: z.string().max(4000),
  }),
  z.object({ type: z.literal('finding.pinned'), findingId, pinned: z.boolean() }),
  z.object({
    type: z.literal('confirmation.ordered'),
    /** UUID of the order; it is also the business identifier of the ServiceRequest. */
    orderId: z.uuid(),
    findingId,
    method: ConfirmationMethod,
    specimenId: z.string().max(64),
    reason: z.string().max(2000),
    /** Snapshot of what is asked for, so that the order reads by itself. */
    target: z.object({
      title: z.string(),
      hgvs: z.string().optional(),
      assembly: z.string(),
      position: z.string(),
      genes: z.array(z.string()),
    }),
  }),
  z.object({ type: z.literal('confirmation.cancelled'), orderId: z.uuid(), reason: z.string().min(1).max(2000) }),
  z.object({ type: z.literal('comment.added'), findingId: findingId.optional(), text: z.string().min(1).max(4000) }),
  z.object({ type: z.literal('act.taken-back'), actId: z.uuid(), reason: z.string().max(2000) }),
  z.object({
    type: z.literal('report.issued'),
    kind: z.literal('panel'),
    language: z.enum(['ja', 'en']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.object({
    type: z.literal('conflict.resolved'),
    resolves: z.array(z.uuid()).min(2).max(10),
    /** The act whose content holds from now on. */
    keep: z.uuid(),
    reason: z.string().min(1).max(2000),
  }),
])
export type ActPayload = z.infer<typeof ActPayload>
export type ActType = ActPayload['type']

/** Acts on the same subject that do not commute: the second one needs a person when it did not know of the first. */
export function subjectOf(payload: ActPayload): string | undefined {
  switch (payload.type) {
    case 'finding.decided':
    case 'finding.dismissed':
      return `decision:${payload.findingId}`
    case 'confirmation.ordered':
      return `order:${payload.findingId}:${payload.method}`
    default:
      return undefined
  }
}

export const Actor = z.object({ sub: z.string(), name: z.string(), role: z.string(), acr: z.string() })
export type Actor = z.infer<typeof Actor>

/** The signed part. The payload is bound by `payloadHash` = SHA-256(salt || canonical JSON) so that purging it keeps the chain whole. */
export const ActHeader = z.object({
  id: z.uuid(),
  caseId: CaseId,
  type: z.string(),
  /** Sequence at the centre of the newest act of this case that the person had seen. */
  base: z.int().min(0),
  /** Version of the case package the person was looking at. */
  manifestVersion: z.int().min(0),
  actor: Actor,
  deviceId: z.string(),
  deviceSeq: z.int().min(0),
  /** Hash of the previous act of this device, hex; all zero for the first. */
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  deviceTime: z.iso.datetime(),
  serverOffsetMs: z.number(),
  subject: z.string().optional(),
  payloadHash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ActHeader = z.infer<typeof ActHeader>

/** An act as it travels: the header, its compact JWS (EdDSA) by the device key, and the payload with its salt. */
export const SignedAct = z.object({ header: ActHeader, jws: z.string(), salt: z.string(), payload: ActPayload })
export type SignedAct = z.infer<typeof SignedAct>

/** Life of an act as people see it. "recorded" only after fsync; "accepted" only with a verified receipt. */
export const ActState = z.enum(['recorded', 'sending', 'accepted', 'conflict', 'refused'])
export type ActState = z.infer<typeof ActState>

export const ActView = z.object({
  header: ActHeader,
  payload: ActPayload,
  state: ActState,
  recordedAt: z.iso.datetime(),
  mine: z.boolean(),
  receipt: z
    .object({ seq: z.int(), at: z.iso.datetime(), hash: z.string(), jws: z.string(), staleBasis: z.boolean().optional() })
    .optional(),
  /** For conflict: the acts of others that stand against it. For refused: the problem code. */
  against: z.array(z.uuid()).optional(),
  problem: z.string().optional(),
})
export type ActView = z.infer<typeof ActView>
