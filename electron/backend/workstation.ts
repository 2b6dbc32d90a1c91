import type { ActPayload, ActView } from '#domain/act.ts'
import type { CaseEntry, CaseView, SessionView, SyncView } from '#domain/contract.ts'
import type { Hints } from './hints.ts'

/** Plain bytes of one file of a published case, decrypted as they are asked for. Positions 0-based, end exclusive. */
export interface PlainFile {
  readonly size: number
  /** Changes when the content does. */
  readonly etag: string
  read(start: number, end: number, signal: AbortSignal): Promise<Uint8Array>
}

/** What the doors offer to the page. One implementation serves both shells; failures are thrown as `Problem`. */
export interface Workstation {
  readonly hints: Hints
  session(): SessionView
  isOpen(): boolean
  signIn(): Promise<SessionView>
  cancelSignIn(): SessionView
  setPassphrase(passphrase: string): Promise<SessionView>
  unlock(passphrase: string): Promise<SessionView>
  lock(): Promise<SessionView>
  readModelKey(): Promise<string>
  cases(): Promise<readonly CaseEntry[]>
  case(caseId: string): Promise<CaseView>
  file(caseId: string, fileId: string): Promise<PlainFile>
  recordAct(input: { caseId: string; base: number; manifestVersion: number; payload: ActPayload }): Promise<ActView>
  reportPdf(caseId: string, language: 'ja' | 'en', sha256?: string): Promise<Uint8Array>
  issueReport(caseId: string, language: 'ja' | 'en'): Promise<{ act: ActView; sha256: string; bytes: number }>
  sync(): Promise<SyncView>
  runSync(): Promise<SyncView>
  cancelSync(caseId?: string): Promise<SyncView>
  resumeSync(caseId: string): Promise<SyncView>
  setNetwork(on: boolean): Promise<SyncView>
  close(): Promise<void>
}
