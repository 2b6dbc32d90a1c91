import type { SignedAct } from '#domain/act.ts'
import type { Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import type { EventsReply, FeedPage, GrantReply, Manifest, ManifestFile, RequestsReply } from './protocol.ts'

/** The data centre as the engine needs it. Every call throws a `Problem` with a transport or centre code. */
export interface Centre {
  /** Compact JWS of the key document, and the centre's clock. */
  keys(signal: AbortSignal): Promise<{ readonly jws: string; readonly serverTime: string }>
  feed(cursor: string, signal: AbortSignal): Promise<FeedPage>
  manifest(caseId: string, signal: AbortSignal): Promise<string>
  grant(caseId: string, version: number, signal: AbortSignal): Promise<GrantReply>
  /** Bytes `start` (inclusive) to `end` (exclusive) of the sealed body; exactly that many, or it throws. */
  download(objectId: string, start: number, end: number, signal: AbortSignal): Promise<Uint8Array>
  sendActs(caseId: string, acts: readonly SignedAct[], signal: AbortSignal): Promise<EventsReply>
  /** Sends a FHIR transaction; answers the logical id of the ServiceRequest. */
  sendOrder(bundle: unknown, signal: AbortSignal): Promise<string>
  requests(caseId: string, signal: AbortSignal): Promise<RequestsReply>
  purgeReceipt(caseId: string, at: string, signal: AbortSignal): Promise<void>
}

/** The journal: `record` resolves only after the entry is on the disk (fsync) and folded into the ledger. */
export interface Record {
  readonly ledger: Ledger
  record(entry: Entry): Promise<void>
}

/** Where sealed files live while and after they arrive. */
export interface Staging {
  /** Which chunks of the file are still missing, after whatever was fetched before. */
  missing(file: ManifestFile): Promise<readonly number[]>
  /** Verifies the chunk against the manifest before it counts; throws `file-damaged`, `disk-full`. */
  write(file: ManifestFile, chunk: number, bytes: Uint8Array): Promise<void>
}

export interface Packages {
  stage(manifest: Manifest): Promise<Staging>
  /** Takes the granted Crypt4GH headers, checks that all is here and opens with the case key, then one rename. */
  publish(manifest: Manifest, headers: ReadonlyMap<string, Uint8Array>): Promise<{ readonly bytes: number }>
  remove(caseId: string): Promise<void>
}

/** Acts and orders sealed and opened with the key of their case. */
export interface Boxes {
  seal(caseId: string, value: unknown): Promise<string>
  open(caseId: string, box: string): Promise<unknown>
  /** Destroys the keys of a case: from here on nothing of it can be opened. */
  destroy(caseId: string): Promise<void>
}

export interface Clock {
  now(): Date
  /** Resolves after `ms`, or at once when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}
