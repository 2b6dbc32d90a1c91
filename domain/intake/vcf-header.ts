import { type MetaLine, readMetaLine } from './vcf-meta.ts'
import type { Complain } from './vcf-problem.ts'
import { RESERVED_FORMAT, RESERVED_INFO, type Reserved } from './vcf-reserved.ts'

interface VcfDefinition {
  readonly number: string
  readonly type: string
  readonly description: string
}

interface VcfContig {
  readonly id: string
  /** Bases. */
  readonly length?: number
  readonly assembly?: string
}

/** What the lines before the records say. */
export interface VcfHeader {
  /** 4.1 is 1, 4.3 is 3. */
  readonly minor: number
  readonly info: Map<string, VcfDefinition>
  readonly format: Map<string, VcfDefinition>
  readonly contigs: Map<string, VcfContig>
  readonly reference?: string
  readonly source?: string
  readonly samples: readonly string[]
}

const NUMBER = /^(\d+|A|R|G|\.|LA|LR|LG|P|M)$/
const TYPE = /^(Integer|Float|Flag|Character|String)$/
const COLUMNS = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO']
const ORDER = ['ID', 'Number', 'Type', 'Description']
const ALT_PREFIX = /^(DEL|INS|DUP|INV|CNV|BND|CN\d+|NON_REF|\*|[A-Z])(:|$)/

/** The minor version in the first line; undefined when it is not a VCF 4 file. */
export function readFileFormat(line: string): number | undefined {
  const minor = line.match(/^##fileformat=VCFv4\.([0-5])$/)?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** Takes one `##` line into the header under construction, and complains of what breaks the grammar. */
export function takeMetaLine(
  header: VcfHeader & { reference?: string; source?: string },
  line: string,
  complain: Complain,
): void {
  const meta = readMetaLine(line)
  const note = (en: string): void => complain('note', en, `ヘッダー行が書式に合いません：${en}`)
  if (typeof meta === 'string') {
    note(meta)
    return
  }
  if (meta.key === 'reference') header.reference = meta.value
  if (meta.key === 'source') header.source = meta.value
  if ((meta.key === 'assembly' || meta.key === 'pedigreeDB') && !isUrlOrName(meta)) note(`##${meta.key} is not an address`)
  if (!meta.fields) {
    if (/^(INFO|FORMAT|FILTER|ALT|contig|META)$/.test(meta.key)) note(`##${meta.key} must be <…>`)
    return
  }
  const field = (name: string) => meta.fields?.find(it => it.name === name)
  const id = field('ID')?.value ?? ''
  const strict = header.minor >= 3
  const problem = fieldsProblem(meta, id, strict)
  if (problem) {
    note(problem)
    return
  }
  const definition = {
    number: field('Number')?.value ?? '.',
    type: field('Type')?.value ?? 'String',
    description: field('Description')?.value ?? '',
  }
  if (meta.key === 'INFO' || meta.key === 'FORMAT') {
    const reserved = (meta.key === 'INFO' ? RESERVED_INFO : RESERVED_FORMAT)[id]
    if (strict && reserved && !agrees(definition, reserved)) note(`##${meta.key} ${id} differs from the reserved definition`)
    ;(meta.key === 'INFO' ? header.info : header.format).set(id, definition)
  }
  if (meta.key === 'contig') {
    const length = Number(field('length')?.value)
    const assembly = field('assembly')?.value
    header.contigs.set(id, { id, ...(length > 0 ? { length } : {}), ...(assembly ? { assembly } : {}) })
  }
}

function agrees(definition: VcfDefinition, reserved: Reserved): boolean {
  return (
    (reserved.number === undefined || reserved.number === definition.number) &&
    (reserved.type === undefined || reserved.type === definition.type)
  )
}

function fieldsProblem(meta: MetaLine, id: string, strict: boolean): string | undefined {
  const fields = meta.fields ?? []
  const by = (name: string) => fields.find(it => it.name === name)
  const needsId = /^(INFO|FORMAT|FILTER|ALT|contig)$/.test(meta.key) || (strict && /^(META|SAMPLE|PEDIGREE)$/.test(meta.key))
  if (!needsId) return undefined
  if (fields[0]?.name !== 'ID') return `##${meta.key} must begin with ID`
  if (/[\s,<>]/.test(id)) return `the ID of ##${meta.key} has a character that is not allowed`
  const known = fields.map(it => ORDER.indexOf(it.name)).filter(it => it >= 0)
  if (known.some((it, index) => index > 0 && it <= (known[index - 1] ?? 0))) return `the fields of ##${meta.key} are out of order`
  const number = by('Number')?.value
  const type = by('Type')?.value
  if (number !== undefined && !NUMBER.test(number)) return `##${meta.key} ${id} has an unknown Number`
  if (type !== undefined && !TYPE.test(type)) return `##${meta.key} ${id} has an unknown Type`
  const described = by('Description')
  if (described && described.form !== 'quoted') return `the Description of ##${meta.key} ${id} is not quoted`
  switch (meta.key) {
    case 'INFO':
    case 'FORMAT':
      if (number === undefined || type === undefined || !described) return `##${meta.key} ${id} lacks Number, Type or Description`
      return undefined
    case 'ALT':
      return strict && !ALT_PREFIX.test(id) ? `##ALT ${id} has an unknown prefix` : undefined
    case 'contig':
      return strict && !contigNameFits(id) ? 'the ID of ##contig has a character that is not allowed' : undefined
    case 'SAMPLE':
      return /[*:]/.test(id) ? 'the ID of ##SAMPLE has a character that is not allowed' : undefined
    case 'PEDIGREE':
      return fields.some(it => !/^[A-Za-z0-9_.-]+$/.test(it.value)) ? '##PEDIGREE has a value that is not allowed' : undefined
    case 'META':
      return by('Values') && by('Values')?.form !== 'list' ? 'the Values of ##META are not in brackets' : undefined
    default:
      return undefined
  }
}

/** Contig names of VCF 4.3; the HLA contigs of GRCh38 carry `*` and `:` and are let through. */
export function contigNameFits(name: string): boolean {
  return /^HLA-[A-Za-z0-9*:.-]+$/.test(name) || /^[A-Za-z0-9!#$%&+./;?@^_|~-]+$/.test(name)
}

function isUrlOrName({ value }: MetaLine): boolean {
  const bare = value.replace(/^<(.*)>$/, '$1')
  if (bare === '') return false
  if (!bare.includes('://')) return true
  const host = bare.match(/^[a-z][a-z0-9+.-]*:\/\/([^/:]*)(?::\d+)?(?:\/|$)/i)?.[1]
  if (host === undefined) return false
  return /[A-Za-z]/.test(host) || /^\d+(\.\d+){3}$/.test(host) || (host === '' && /^file:/i.test(bare))
}

/** Sample names of the `#CHROM` line, or what is wrong with it. */
export function readColumns(line: string): readonly string[] | string {
  const columns = line.split('\t')
  if (COLUMNS.some((name, index) => columns[index] !== name)) return 'the column line must be #CHROM … INFO, separated by tabs'
  if (columns.length === 8) return []
  if (columns[8] !== 'FORMAT') return 'the ninth column must be FORMAT'
  const samples = columns.slice(9)
  if (samples.length === 0) return 'there is a FORMAT column, but no sample'
  if (samples.some(name => name === '')) return 'a sample has no name'
  if (new Set(samples).size !== samples.length) return 'two samples have the same name'
  return samples
}
