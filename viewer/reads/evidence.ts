import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import type { Evidence } from './count.ts'

/** What the worker is asked: the variant, and the files of each specimen. Addresses are of our own origin. */
export interface EvidenceRequest {
  readonly id: number
  readonly contig: string
  readonly start: number
  readonly ref: string
  readonly alt: string
  readonly reference: string | undefined
  readonly files: readonly {
    readonly key: string
    readonly format: 'bam' | 'cram'
    readonly csi: boolean
    readonly url: string
    readonly index: string
  }[]
}

export type EvidenceAnswer =
  | { readonly id: number; readonly key: string; readonly evidence: Evidence }
  | { readonly id: number; readonly key: string; readonly problem: string }

export interface EvidenceEngine {
  /** Exact counts per read file, told as each is done. The answer ends asking about what was asked before. */
  count(
    record: CaseRecord,
    finding: Finding,
    fileUrl: (fileId: string) => string,
    tell: (fileId: string, result: Evidence | { readonly problem: string }) => void,
  ): void
  stop(): void
}

/** Whether a finding can be counted base by base: it has alleles in letters. */
export function isCountable(finding: Finding): boolean {
  return /^[ACGT]+$/i.test(finding.ref ?? '') && /^[ACGT]+$/i.test(finding.alt ?? '') && !finding.breakpoints?.length
}

/** Counting runs in a worker: the page never waits for it. */
export function createEvidenceEngine(): EvidenceEngine {
  let worker: Worker | undefined
  let last = 0
  let listener: ((answer: EvidenceAnswer) => void) | undefined
  return {
    count(record, finding, fileUrl, tell) {
      last += 1
      const id = last
      if (!isCountable(finding)) return
      if (!worker) {
        worker = new Worker(new URL('./evidence-worker.ts', import.meta.url), { type: 'module' })
        worker.onmessage = ({ data }: MessageEvent<EvidenceAnswer>) => listener?.(data)
      }
      listener = answer => {
        if (answer.id === last) tell(answer.key, 'evidence' in answer ? answer.evidence : { problem: answer.problem })
      }
      const reference = record.files.find(it => it.role === 'reference')
      const files = record.files.flatMap(file => {
        const index = record.files.find(it => it.role === 'reads-index' && it.indexOf === file.id)
        if (file.role !== 'reads' || !index || (file.format !== 'bam' && file.format !== 'cram')) return []
        return [
          { key: file.id, format: file.format, csi: index.format === 'csi', url: fileUrl(file.id), index: fileUrl(index.id) },
        ]
      })
      const request: EvidenceRequest = {
        id,
        contig: finding.locus.contig,
        start: finding.locus.start,
        ref: (finding.ref ?? '').toUpperCase(),
        alt: (finding.alt ?? '').toUpperCase(),
        reference: reference ? fileUrl(reference.id) : undefined,
        files,
      }
      worker.postMessage(request)
    },
    stop() {
      worker?.terminate()
      worker = undefined
    },
  }
}
