import { z } from 'zod'
import { ActPayload, ActView } from './act.ts'
import { CaseId, CaseRecord, CaseStage } from './case.ts'
import { OrderView } from './confirmation.ts'
import type { ProblemCode } from './problems.ts'

/*
 * Every endpoint between the page and the privileged side, and every event. Neither side owns it: both import this file.
 * Failures are RFC 9457 problem JSON: `{ type: '/problems/<code>', title, status, code, values? , retryAfterMs? }`.
 */

export interface Endpoint<Request extends z.ZodType, Reply extends z.ZodType> {
  readonly method: 'GET' | 'POST'
  /** `:name` places are filled from the request's fields of the same name. */
  readonly path: string
  readonly request: Request
  readonly reply: Reply
  /** Whether it answers before the vault is open. Default deny: everything else answers 401 `locked`. */
  readonly open?: true
  readonly errors: readonly ProblemCode[]
}

function endpoint<Request extends z.ZodType, Reply extends z.ZodType>(it: Endpoint<Request, Reply>): Endpoint<Request, Reply> {
  return it
}

const Nothing = z.object({})

export const User = z.object({ sub: z.string(), name: z.string(), role: z.string(), hospital: z.string() })
export type User = z.infer<typeof User>

/** What the first screens show. Steps of first start: sign-in -> set-passphrase -> open; later: locked -> open. */
export const SessionView = z.object({
  state: z.enum(['sign-in', 'set-passphrase', 'locked', 'open']),
  user: User.optional(),
  device: z.object({ id: z.string(), name: z.string() }).optional(),
  centre: z.object({ name: z.string(), origin: z.string(), simulated: z.boolean() }),
  signIn: z.object({
    state: z.enum(['idle', 'waiting', 'failed']),
    url: z.string().optional(),
    /** Whether the shell opened the provider's window by itself. */
    opened: z.boolean().optional(),
    problem: z.string().optional(),
    since: z.iso.datetime().optional(),
  }),
  /** Whether the centre would take our calls now. */
  online: z.enum(['online', 'offline', 'sign-in-needed', 'switched-off']),
  protection: z.object({
    kind: z.enum(['keychain-and-passphrase', 'passphrase-only']),
    backend: z.string(),
    engine: z.string(),
  }),
  unlock: z.object({ tries: z.int(), retryAfterMs: z.int() }),
  shell: z.enum(['electron', 'loopback']),
  versions: z.record(z.string(), z.string()),
})
export type SessionView = z.infer<typeof SessionView>

/** How much of a case is on this device. Bytes are of the sealed files. */
export const Presence = z.object({
  state: z.enum(['absent', 'partial', 'complete']),
  filesHere: z.int(),
  files: z.int(),
  bytesHere: z.number(),
  bytes: z.number(),
})
export type Presence = z.infer<typeof Presence>

export const CaseEntry = z.object({
  id: CaseId,
  /** Newest version published here; 0 when nothing has been published yet. */
  version: z.int(),
  /** Changes whenever anything about the case changes (package, acts, orders): the read model compares it. */
  revision: z.string(),
  presence: Presence,
  withdrawn: z.boolean(),
  problem: z.string().optional(),
})
export type CaseEntry = z.infer<typeof CaseEntry>

export const CaseView = z.object({
  entry: CaseEntry,
  /** Findings that the patient's wishes seal are not in it. */
  record: CaseRecord,
  /** Centre sequence of the newest act seen; goes back as `base` of the next act. */
  head: z.int(),
  acts: z.array(ActView),
  orders: z.array(OrderView),
  manifest: z.object({ version: z.int(), issuedAt: z.string(), signedBy: z.string() }),
  stage: CaseStage,
})
export type CaseView = z.infer<typeof CaseView>

export const FileProgress = z.object({ file: z.string(), role: z.string(), bytes: z.number(), of: z.number(), done: z.boolean() })
export const CaseProgress = z.object({
  caseId: CaseId,
  label: z.string().optional(),
  state: z.enum(['queued', 'manifest', 'fetching', 'publishing', 'done', 'cancelled', 'failed']),
  bytes: z.number(),
  of: z.number(),
  bytesPerSecond: z.number(),
  files: z.array(FileProgress),
  problem: z.string().optional(),
})
export type CaseProgress = z.infer<typeof CaseProgress>

export const SyncView = z.object({
  state: z.enum(['idle', 'running', 'waiting', 'switched-off']),
  online: SessionView.shape.online,
  lastSync: z.iso.datetime().optional(),
  nextTry: z.iso.datetime().optional(),
  problem: z.string().optional(),
  cases: z.array(CaseProgress),
  outbox: z.object({ waiting: z.int(), accepted: z.int(), conflict: z.int(), refused: z.int() }),
  waiting: z.array(ActView),
  receipts: z.array(ActView),
})
export type SyncView = z.infer<typeof SyncView>

export const contract = {
  session: endpoint({ method: 'GET', path: '/api/session', request: Nothing, reply: SessionView, open: true, errors: [] }),
  signIn: endpoint({
    method: 'POST',
    path: '/api/session/sign-in',
    request: Nothing,
    reply: SessionView,
    open: true,
    errors: ['centre-unreachable', 'centre-not-ours', 'sign-in-refused'],
  }),
  cancelSignIn: endpoint({
    method: 'POST',
    path: '/api/session/sign-in/cancel',
    request: Nothing,
    reply: SessionView,
    open: true,
    errors: [],
  }),
  setPassphrase: endpoint({
    method: 'POST',
    path: '/api/session/passphrase',
    request: z.object({ passphrase: z.string().max(1024) }),
    reply: SessionView,
    open: true,
    errors: ['passphrase-too-short', 'sign-in-needed', 'forbidden', 'disk-full'],
  }),
  unlock: endpoint({
    method: 'POST',
    path: '/api/session/unlock',
    request: z.object({ passphrase: z.string().max(1024) }),
    reply: SessionView,
    open: true,
    errors: ['wrong-passphrase', 'too-many-tries', 'vault-damaged', 'device-secret-missing', 'journal-damaged'],
  }),
  lock: endpoint({ method: 'POST', path: '/api/session/lock', request: Nothing, reply: SessionView, open: true, errors: [] }),
  /** Raw AES-GCM key (base64) of the page's sealed read model; the page imports it as non-extractable and forgets the bytes. */
  readModelKey: endpoint({
    method: 'POST',
    path: '/api/session/read-model-key',
    request: Nothing,
    reply: z.object({ key: z.string() }),
    errors: ['locked'],
  }),
  cases: endpoint({
    method: 'GET',
    path: '/api/cases',
    request: Nothing,
    reply: z.object({ cases: z.array(CaseEntry) }),
    errors: ['locked'],
  }),
  case: endpoint({
    method: 'GET',
    path: '/api/cases/:caseId',
    request: z.object({ caseId: CaseId }),
    reply: CaseView,
    errors: ['locked', 'not-here', 'withdrawn', 'record-broken', 'file-damaged', 'key-does-not-fit'],
  }),
  /** The one way a person's decision is written. The reply comes after fsync: showing "recorded" is allowed only then. */
  recordAct: endpoint({
    method: 'POST',
    path: '/api/cases/:caseId/acts',
    request: z.object({ caseId: CaseId, base: z.int().min(0), manifestVersion: z.int().min(0), payload: ActPayload }),
    reply: ActView,
    errors: ['locked', 'not-here', 'finding-unknown', 'could-not-record', 'disk-full', 'withdrawn', 'clock-off'],
  }),
  /** Makes the panel report from the recorded decisions, records `report.issued`, and answers where the PDF can be read. */
  issueReport: endpoint({
    method: 'POST',
    path: '/api/cases/:caseId/reports',
    request: z.object({ caseId: CaseId, language: z.enum(['ja', 'en']) }),
    reply: z.object({ act: ActView, sha256: z.string(), bytes: z.int() }),
    errors: ['locked', 'not-here', 'could-not-record', 'withdrawn'],
  }),
  sync: endpoint({ method: 'GET', path: '/api/sync', request: Nothing, reply: SyncView, errors: ['locked'] }),
  runSync: endpoint({
    method: 'POST',
    path: '/api/sync/run',
    request: Nothing,
    reply: SyncView,
    errors: ['locked', 'sign-in-needed'],
  }),
  cancelSync: endpoint({
    method: 'POST',
    path: '/api/sync/cancel',
    request: z.object({ caseId: CaseId.optional() }),
    reply: SyncView,
    errors: ['locked'],
  }),
  resumeSync: endpoint({
    method: 'POST',
    path: '/api/sync/resume',
    request: z.object({ caseId: CaseId }),
    reply: SyncView,
    errors: ['locked'],
  }),
  setNetwork: endpoint({
    method: 'POST',
    path: '/api/sync/network',
    request: z.object({ on: z.boolean() }),
    reply: SyncView,
    errors: ['locked'],
  }),
} as const

/** Bytes, not JSON, so they stand beside the table: single closed ranges, 206/416, `ETag`, `no-store`. */
export const BYTES = {
  /** Plain bytes of one file of the published version, decrypted in memory. */
  file: '/api/cases/:caseId/files/:fileId',
  /** PDF of the report as it stands now (`?language=ja|en`), draft unless a recorded one is named by `&sha256=`. */
  report: '/api/cases/:caseId/report.pdf',
  /** Server-sent events. Hints only: the page asks again for what they name. */
  events: '/api/events',
} as const

/** Events on the stream. Data is JSON. */
export const Hint = z.discriminatedUnion('event', [
  z.object({ event: z.literal('session') }),
  z.object({ event: z.literal('cases') }),
  z.object({ event: z.literal('case'), caseId: CaseId }),
  z.object({ event: z.literal('sync') }),
])
export type Hint = z.infer<typeof Hint>

/** RFC 9457 problem as our doors answer it. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type ProblemBody = z.infer<typeof ProblemBody>
