import type { CaseRecord } from '#domain/case.ts'
import type { Viewer } from '../viewer.ts'

/** What the page of the viewer alone puts on its window, for the test that drives it. */
export interface Harness {
  readonly record: CaseRecord
  readonly viewer: Viewer
  readonly violations: readonly string[]
  readonly clicks: unknown[]
}

declare global {
  interface Window {
    harness?: Harness
    failure?: string
  }
}
