import { readColumns, readFileFormat, takeMetaLine, type VcfHeader } from './vcf-header.ts'
import { orderWatch } from './vcf-order.ts'
import type { VcfProblem } from './vcf-problem.ts'
import { readRecord, type VcfRecord } from './vcf-record.ts'

/** Reads a VCF 4 as it streams in, piece by piece of any size. */
export interface VcfReader {
  /** Takes text and answers the records that it completed. */
  push(text: string): readonly VcfRecord[]
  /** The last record, when the file does not end with a line break; call once. */
  finish(): readonly VcfRecord[]
  readonly header: VcfHeader | undefined
  /** At most a thousand are kept; `problemCount` says how many there were. */
  readonly problems: readonly VcfProblem[]
  readonly problemCount: number
  /** Whether nothing of the file can be taken. */
  readonly refused: boolean
}

/** Grammar of VCF 4.1 to 4.5 (samtools/hts-specs). What 4.3 reserves is asked of files that say they are 4.3 or later. */
export function vcfReader(): VcfReader {
  const problems: VcfProblem[] = []
  let problemCount = 0
  let refused = false
  let rest = ''
  let line = 0
  let draft: (VcfHeader & { samples: readonly string[] }) | undefined
  let header: VcfHeader | undefined
  const watch = orderWatch()

  const complainAt = (at: number) => (severity: VcfProblem['severity'], en: string, ja: string) => {
    problemCount += 1
    if (severity === 'file') refused = true
    if (problems.length < 1000) problems.push({ line: at, severity, text: { ja, en } })
  }

  const take = (raw: string): VcfRecord | undefined => {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    line += 1
    const complain = complainAt(line)
    if (refused) return undefined
    if (line === 1) {
      const minor = readFileFormat(text)
      if (minor === undefined)
        complain('file', 'the first line is not ##fileformat=VCFv4.x', '最初の行が ##fileformat=VCFv4.x ではありません')
      else draft = { minor, info: new Map(), format: new Map(), contigs: new Map(), samples: [] }
      return undefined
    }
    if (!header) {
      if (!draft) return undefined
      if (text.startsWith('##')) takeMetaLine(draft, text, complain)
      else if (text.startsWith('#CHROM')) {
        const samples = readColumns(text)
        if (typeof samples === 'string') complain('file', samples, `列の見出しが書式に合いません：${samples}`)
        else header = { ...draft, samples }
      } else complain('file', 'a line before #CHROM is not a header line', '#CHROM より前にヘッダーでない行があります')
      return undefined
    }
    if (text === '') {
      complain('note', 'an empty line', '空の行があります')
      return undefined
    }
    if (text.startsWith('#')) {
      complain('note', 'a header line among the records', 'データの間にヘッダー行があります')
      return undefined
    }
    const record = readRecord(header, text, line, complain)
    if (record) watch(record, complain)
    return record
  }
  const takeAll = (lines: readonly string[]) => lines.map(take).filter(record => record !== undefined)

  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      return takeAll(lines)
    },
    finish() {
      const last = rest === '' ? [] : takeAll([rest])
      const complain = complainAt(Math.max(line, 1))
      if (rest !== '')
        complain(
          'note',
          'the file does not end with a line break: it may be cut off',
          '末尾に改行がありません。途中で切れている恐れがあります',
        )
      rest = ''
      if (!header && !refused) complain('file', 'there is no #CHROM line', '#CHROM の行がありません')
      return last
    },
    get header() {
      return header
    },
    problems,
    get problemCount() {
      return problemCount
    },
    get refused() {
      return refused
    },
  }
}
