import { contigNameFits, type VcfHeader } from './vcf-header.ts'
import type { Complain } from './vcf-problem.ts'
import { RESERVED_FORMAT, RESERVED_INFO } from './vcf-reserved.ts'
import { expectedCount, fitsType } from './vcf-value.ts'

/** One record. `pos` is 1-based as written. */
export interface VcfRecord {
  readonly line: number
  readonly chrom: string
  readonly pos: number
  readonly ids: readonly string[]
  readonly ref: string
  readonly alts: readonly string[]
  readonly qual?: number
  readonly filter: string
  /** Flags have the value "". */
  readonly info: ReadonlyMap<string, string>
  /** Per sample, by FORMAT key. */
  readonly samples: readonly ReadonlyMap<string, string>[]
}

const BASES = /^[ACGTNacgtn]+$/
const BREAKEND = /^([ACGTNacgtn]+)?([[\]])(<[^<>]+>|[^\s,[\]<>]+):(\d+)\2([ACGTNacgtn]+)?$/
const SINGLE_BREAKEND = /^(\.[ACGTNacgtn]+|[ACGTNacgtn]+\.)$/
const GENOTYPE = /^[/|]?(\.|\d+)([/|](\.|\d+))*$/

/** Reads a record line; undefined when it cannot be understood. */
export function readRecord(header: VcfHeader, text: string, line: number, complain: Complain): VcfRecord | undefined {
  const fail = (en: string, ja: string) => {
    complain('record', en, ja)
    return undefined
  }
  const columns = text.split('\t')
  const expected = header.samples.length === 0 ? 8 : 9 + header.samples.length
  if (columns.length !== expected)
    return fail(
      `${columns.length} columns where ${expected} are expected`,
      `列の数が${columns.length}で、${expected}ではありません`,
    )
  const [chrom = '', position = '', id = '', ref = '', alt = '', quality = '', filter = '', infoText = '', formatText] = columns
  const strict = header.minor >= 3
  if (
    chrom === '' ||
    /[\s,<>[\]]/.test(chrom.replace(/^<([^<>]+)>$/, '$1')) ||
    (strict && !contigNameFits(chrom.replace(/^<(.+)>$/, '$1')))
  )
    return fail('CHROM is not a contig name', 'CHROM が配列名ではありません')
  if (!/^\d+$/.test(position)) return fail('POS is not a position', 'POS が位置ではありません')
  const ids = id === '.' ? [] : id.split(';')
  if (id === '' || /\s/.test(id) || ids.includes('')) return fail('ID is not well formed', 'ID の書式が合いません')
  if (new Set(ids).size !== ids.length) complain('note', 'ID names one thing twice', 'ID に同じ値が二度あります')
  if (!BASES.test(ref)) return fail('REF is not a sequence of bases', 'REF が塩基の並びではありません')
  const alts = alt === '.' ? [] : alt.split(',')
  if (alts.some(it => !altFits(it))) return fail('ALT is not well formed', 'ALT の書式が合いません')
  if (quality !== '.' && (!fitsType(quality, 'Float') || quality.startsWith('-')))
    complain('note', 'QUAL is not a number of at least zero', 'QUAL が0以上の数ではありません')
  const filters = filter.split(';')
  const filterBroken =
    /\s/.test(filter) || filters.includes('') || filters.includes('0') || (filters.length > 1 && filters.includes('.'))
  if (filterBroken || new Set(filters).size !== filters.length)
    complain('note', 'FILTER is not well formed', 'FILTER の書式が合いません')

  const info = readInfo(header, infoText, alts.length, complain)
  const samples = readSamples(header, formatText, columns.slice(9), alts.length, complain)
  if (!samples) return undefined
  const qual = Number(quality)
  return {
    line,
    chrom,
    pos: Number(position),
    ids,
    ref,
    alts,
    ...(quality !== '.' && Number.isFinite(qual) ? { qual } : {}),
    filter,
    info,
    samples,
  }
}

function altFits(alt: string): boolean {
  if (BASES.test(alt) || alt === '*' || SINGLE_BREAKEND.test(alt) || /^<[^<>\s,]+>$/.test(alt)) return true
  const end = alt.match(BREAKEND)
  return end !== null && (end[1] !== undefined) !== (end[5] !== undefined)
}

function readInfo(header: VcfHeader, text: string, alts: number, complain: Complain): ReadonlyMap<string, string> {
  const info = new Map<string, string>()
  if (text === '.') return info
  const note = (key: string) => complain('note', `INFO ${key} is not well formed`, `INFO の ${key} が書式に合いません`)
  for (const item of text.split(';')) {
    const equals = item.indexOf('=')
    const key = equals < 0 ? item : item.slice(0, equals)
    const value = equals < 0 ? '' : item.slice(equals + 1)
    if (key !== '1000G' && !/^[A-Za-z_][0-9A-Za-z_.]*$/.test(key)) {
      // Many callers end INFO with a semicolon; nothing is lost by it.
      if (key !== '' || header.minor >= 3) note(key)
      continue
    }
    if (info.has(key)) note(key)
    info.set(key, value)
    const reserved = header.minor >= 3 ? RESERVED_INFO[key] : undefined
    const defined = header.info.get(key)
    const number = defined?.number ?? reserved?.number
    const type = defined?.type ?? reserved?.type
    if (number === '0' || type === 'Flag') {
      if (equals >= 0) note(key)
      continue
    }
    if (equals < 0 || value === '.') continue
    const values = value.split(',')
    const count = expectedCount(number ?? '.', alts, 0)
    const wrong =
      (count !== undefined && values.length !== count) ||
      values.some(it => !fitsType(it, type ?? 'String')) ||
      (reserved?.atLeastZero && values.some(it => it.startsWith('-'))) ||
      (key === 'CIGAR' && header.minor >= 3 && values.some(it => it !== '.' && !/^(\d+[MIDNSHPX=])+$/.test(it)))
    if (wrong) note(key)
  }
  return info
}

function readSamples(
  header: VcfHeader,
  formatText: string | undefined,
  columns: readonly string[],
  alts: number,
  complain: Complain,
): readonly ReadonlyMap<string, string>[] | undefined {
  if (formatText === undefined || formatText === '.') return columns.map(() => new Map())
  const keys = formatText.split(':')
  const fail = (en: string, ja: string) => {
    complain('record', en, ja)
    return undefined
  }
  if (keys.some(key => !/^[A-Za-z_][0-9A-Za-z_.]*$/.test(key)) || new Set(keys).size !== keys.length || keys.indexOf('GT') > 0)
    return fail('FORMAT is not well formed', 'FORMAT の書式が合いません')
  const samples: ReadonlyMap<string, string>[] = []
  for (const column of columns) {
    const values = column.split(':')
    if (values.length > keys.length) return fail('a sample has more fields than FORMAT', '検体の項目が FORMAT より多くあります')
    const sample = new Map(values.map((value, index) => [keys[index] ?? '', value]))
    const genotype = sample.get('GT')
    if (genotype !== undefined && !GENOTYPE.test(genotype)) return fail('GT is not a genotype', 'GT が遺伝型ではありません')
    const alleles = genotype?.split(/[/|]/).filter(it => it !== '') ?? []
    if (alleles.some(it => it !== '.' && Number(it) > alts))
      return fail('GT names an allele that is not there', 'GT が存在しないアレルを指しています')
    const ploidy = genotype === '.' ? 0 : alleles.length
    for (const [key, value] of sample) {
      if (key === 'GT' || value === '.') continue
      const reserved = header.minor >= 3 ? RESERVED_FORMAT[key] : undefined
      const defined = header.format.get(key)
      const list = value.split(',')
      const count = expectedCount(defined?.number ?? reserved?.number ?? '.', alts, ploidy)
      const wrong = list.some(it => !fitsType(it, defined?.type ?? reserved?.type ?? 'String'))
      // All missing values may be written as one "." per value or fewer.
      if (wrong || (count !== undefined && list.length !== count && list.some(it => it !== '.')))
        complain('note', `${key} of a sample does not fit its definition`, `検体の ${key} が定義に合いません`)
    }
    samples.push(sample)
  }
  return samples
}
