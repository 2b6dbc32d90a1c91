import type { ManifestFile } from './protocol.ts'

export type CaseProgressState = 'queued' | 'manifest' | 'fetching' | 'publishing' | 'done' | 'cancelled' | 'failed'

interface FileLine {
  readonly file: string
  readonly role: string
  bytes: number
  readonly of: number
  done: boolean
}

interface CaseLine {
  state: CaseProgressState
  files: Map<string, FileLine>
  problem?: string
  /** Recent arrivals, for a rate over the last seconds. */
  arrivals: { readonly at: number; readonly bytes: number }[]
}

const WINDOW_MS = 5000

/** What people see of a transfer: bytes, rate and what is left, per case and file. Told `changed` at every step. */
export class Progress {
  private readonly cases = new Map<string, CaseLine>()
  private readonly now: () => number
  private readonly changed: () => void

  constructor(now: () => number, changed: () => void) {
    this.now = now
    this.changed = changed
  }

  state(caseId: string, state: CaseProgressState, problem?: string): void {
    const line = this.line(caseId)
    line.state = state
    if (problem === undefined) delete line.problem
    else line.problem = problem
    this.changed()
  }

  plan(caseId: string, files: readonly ManifestFile[]): void {
    const line = this.line(caseId)
    line.state = 'fetching'
    line.files = new Map(files.map(it => [it.id, { file: it.id, role: it.role, bytes: 0, of: it.bodySize, done: false }]))
    this.changed()
  }

  /** What was here before this run: everything but the missing chunks. */
  have(caseId: string, file: ManifestFile, missing: readonly number[]): void {
    const line = this.line(caseId).files.get(file.id)
    if (!line) return
    const lacking = missing.reduce((sum, chunk) => sum + Math.min(file.chunkSize, file.bodySize - chunk * file.chunkSize), 0)
    line.bytes = file.bodySize - lacking
    this.changed()
  }

  got(caseId: string, file: ManifestFile, bytes: number): void {
    const line = this.line(caseId)
    const entry = line.files.get(file.id)
    if (entry) entry.bytes += bytes
    line.arrivals.push({ at: this.now(), bytes })
    this.changed()
  }

  fileDone(caseId: string, file: ManifestFile): void {
    const entry = this.line(caseId).files.get(file.id)
    if (entry) entry.done = true
    this.changed()
  }

  forget(caseId: string): void {
    this.cases.delete(caseId)
    this.changed()
  }

  stateOf(caseId: string): CaseProgressState | undefined {
    return this.cases.get(caseId)?.state
  }

  /** A copy for showing. Rate in bytes per second over the last five seconds. */
  view() {
    const now = this.now()
    return [...this.cases].map(([caseId, line]) => {
      line.arrivals = line.arrivals.filter(it => now - it.at < WINDOW_MS)
      const files = [...line.files.values()].map(file => ({ ...file }))
      const recent = line.arrivals.reduce((sum, it) => sum + it.bytes, 0)
      const span = Math.max(250, now - (line.arrivals[0]?.at ?? now))
      return {
        caseId,
        state: line.state,
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
        of: files.reduce((sum, file) => sum + file.of, 0),
        bytesPerSecond: line.state === 'fetching' ? Math.round((recent * 1000) / span) : 0,
        files,
        ...(line.problem === undefined ? {} : { problem: line.problem }),
      }
    })
  }

  private line(caseId: string): CaseLine {
    let line = this.cases.get(caseId)
    if (!line) {
      line = { state: 'queued', files: new Map(), arrivals: [] }
      this.cases.set(caseId, line)
    }
    return line
  }
}
