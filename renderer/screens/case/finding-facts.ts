import type { CaseRecord } from '#domain/case.ts'
import type { Call, Finding } from '#domain/finding.ts'
import type { Language } from '#domain/text.ts'
import type { Words } from '../../i18n/words.ts'

const TUMOUR_ROLES = ['tumour', 'proband'] as const
const NORMAL_ROLES = ['normal', 'mother', 'father', 'relative'] as const

export function callOf(finding: Finding, record: CaseRecord, side: 'tumour' | 'normal'): Call | undefined {
  const roles: readonly string[] = side === 'tumour' ? TUMOUR_ROLES : NORMAL_ROLES
  return finding.calls.find(call => {
    const specimen = record.specimens.find(it => it.id === call.specimen || it.sampleName === call.specimen)
    return specimen !== undefined && roles.includes(specimen.role)
  })
}

/** The caller's own fraction where it wrote one, else alt reads over depth. */
export function vafOf(call: Call | undefined): number | undefined {
  if (!call) return undefined
  if (call.vaf !== undefined) return call.vaf
  return call.altDepth !== undefined && call.depth ? call.altDepth / call.depth : undefined
}

export function fraction(n: number): string {
  return n.toFixed(2)
}

/** Wilson score interval at 95 % for `hits` of `all` reads. */
export function interval95(hits: number, all: number): readonly [number, number] | undefined {
  if (all <= 0) return undefined
  const z = 1.959964
  const p = hits / all
  const base = 1 + (z * z) / all
  const mid = p + (z * z) / (2 * all)
  const half = z * Math.sqrt((p * (1 - p)) / all + (z * z) / (4 * all * all))
  return [Math.max(0, (mid - half) / base), Math.min(1, (mid + half) / base)]
}

export function isStructural(finding: Finding): boolean {
  return finding.kind === 'sv' || finding.kind === 'fusion' || finding.kind === 'cnv'
}

/** "ALK阻害薬 / ALK inhibitor": data written in both languages in one field shows the half that is asked for. */
export function half(text: string, language: Language): string {
  const parts = text.split(' / ')
  return parts.length === 2 ? ((language === 'ja' ? parts[0] : parts[1]) ?? text) : text
}

/** One line of evidence for tables: what a pathologist wants first, from the calls and RNA. */
export function basisLine(finding: Finding, record: CaseRecord, words: Words): string {
  const tumour = callOf(finding, record, 'tumour')
  const normal = callOf(finding, record, 'normal')
  const [t, n] = [vafOf(tumour), vafOf(normal)]
  const parts: string[] = []
  if (tumour?.copyNumber !== undefined) parts.push(`CN ${tumour.copyNumber}`)
  if (finding.origin === 'germline' && n !== undefined && t !== undefined) parts.push(`N ${fraction(n)} → T ${fraction(t)}`)
  else if (t !== undefined) parts.push(`VAF ${fraction(t)}`)
  if (tumour?.splitReads) parts.push(`${words.findings.split} ${tumour.splitReads}`)
  if (tumour?.discordantPairs) parts.push(`${words.findings.pairs} ${tumour.discordantPairs}`)
  if (finding.rna?.junctionReads) parts.push(`RNA ${finding.rna.junctionReads}`)
  return parts.join('・')
}

/** Coding and protein change without what the title already says. */
export function changeOf(finding: Finding): string {
  const { hgvs, title } = finding
  return [hgvs?.c, hgvs?.p].filter(it => it && !title.includes(it)).join(' ')
}

export type DriverGroup = 'structural' | 'small' | 'copy' | 'germline'

export function groupOf(finding: Finding): DriverGroup {
  if (finding.origin === 'germline') return 'germline'
  if (finding.kind === 'cnv') return 'copy'
  return finding.kind === 'sv' || finding.kind === 'fusion' ? 'structural' : 'small'
}
