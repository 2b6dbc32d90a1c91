import type { Text } from '../text.ts'

/**
 * Something in a VCF that breaks its grammar. `file`: nothing of the file can be taken; `record`: the line is left out;
 * `note`: the line is taken and a person should know. `line` is 1-based.
 */
export interface VcfProblem {
  readonly line: number
  readonly severity: 'file' | 'record' | 'note'
  readonly text: Text
}

/** Collects problems of one line. */
export type Complain = (severity: VcfProblem['severity'], en: string, ja: string) => void
