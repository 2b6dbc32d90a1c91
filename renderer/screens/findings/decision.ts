import type { ActPayload, ConfirmationMethod } from '#domain/act.ts'
import type { Classification, Finding } from '#domain/finding.ts'
import type { Decision } from '#domain/review.ts'
import type { DecisionDraft } from '../../cache/draft.ts'
import { SCHEME_VALUES } from '../../ui/strength.ts'

/** What the form starts from: the recorded decision where there is one, else what was delivered; the return is never pre-chosen. */
export function draftFrom(caseId: string, finding: Finding, decision: Decision | undefined): DecisionDraft {
  if (decision) {
    const { classifications, level, recommendation, dissents, comment } = decision
    return {
      caseId,
      findingId: finding.id,
      classifications: [...classifications],
      level,
      recommendation,
      return: decision.return,
      dissents: [...dissents],
      comment,
    }
  }
  return {
    caseId,
    findingId: finding.id,
    classifications: finding.classifications
      .slice(0, 8)
      .map(({ scheme, value, subject }) => ({ scheme, value, ...(subject ? { subject } : {}) })),
    level: finding.level,
    recommendation: { kind: 'none', text: '' },
    dissents: [],
    comment: '',
  }
}

export type Lack = 'needsReturn' | 'needsText' | 'needsDissent'

/** What still keeps a draft from being recorded, in the order of the form. */
export function lacks(draft: DecisionDraft): readonly Lack[] {
  const found: Lack[] = []
  if (!draft.return) found.push('needsReturn')
  if (draft.recommendation.kind !== 'none' && draft.recommendation.text.trim() === '') found.push('needsText')
  if (draft.dissents.some(it => it.name.trim() === '' || it.text.trim() === '')) found.push('needsDissent')
  return found
}

/** The act of a complete draft; undefined while something is lacking. */
export function decidedPayload(draft: DecisionDraft): ActPayload | undefined {
  if (lacks(draft).length > 0 || !draft.return) return undefined
  return {
    type: 'finding.decided',
    findingId: draft.findingId,
    classifications: draft.classifications,
    level: draft.level,
    recommendation: { ...draft.recommendation, text: draft.recommendation.text.trim() },
    return: draft.return,
    dissents: draft.dissents.map(it => ({ name: it.name.trim(), text: it.text.trim() })),
    comment: draft.comment.trim(),
  }
}

const TIERS = [/^I-|^I$/, /^II/, /^III/, /^IV/] as const
const TIER_START = ['I-A', 'II-C', 'III', 'IV'] as const

/** Keys 1 to 4: sets every AMP value to the tier, keeping a letter that already fits; adds one where none was delivered. */
export function withAmpTier(classifications: readonly Classification[], tier: 1 | 2 | 3 | 4): Classification[] {
  const value = TIER_START[tier - 1] ?? 'III'
  const fits = (it: string) =>
    TIERS[tier - 1]?.test(it) && !(tier === 2 && it.startsWith('III')) && !(tier === 1 && it.startsWith('IV'))
  if (!classifications.some(it => it.scheme === 'AMP')) return [...classifications, { scheme: 'AMP', value }]
  return classifications.map(it => (it.scheme === 'AMP' && !fits(it.value) ? { ...it, value } : it))
}

export function valuesOf(scheme: Classification['scheme'], now: string): readonly string[] {
  const known = SCHEME_VALUES[scheme]
  return known.includes(now) ? known : [now, ...known]
}

const FIT: Readonly<Record<'small' | 'indel' | 'structural' | 'fusion' | 'copy' | 'repeat', readonly ConfirmationMethod[]>> = {
  small: ['sanger', 'ddpcr', 'gene-panel', 'companion-diagnostic', 'matched-normal'],
  indel: ['sanger', 'gene-panel', 'ddpcr', 'companion-diagnostic', 'matched-normal'],
  structural: ['fish', 'rt-pcr', 'mlpa', 'gene-panel', 'matched-normal'],
  fusion: ['rt-pcr', 'fish', 'companion-diagnostic', 'gene-panel', 'matched-normal'],
  copy: ['mlpa', 'fish', 'ddpcr', 'gene-panel', 'matched-normal'],
  repeat: ['sanger', 'mlpa', 'gene-panel', 'matched-normal'],
}

/** Confirmation methods for the kind of variant, best first. A germline finding is confirmed on a fresh normal sample first. */
export function methodsFor({ kind, origin }: Pick<Finding, 'kind' | 'origin'>): readonly ConfirmationMethod[] {
  const by =
    kind === 'fusion'
      ? FIT.fusion
      : kind === 'sv'
        ? FIT.structural
        : kind === 'cnv'
          ? FIT.copy
          : kind === 'indel'
            ? FIT.indel
            : kind === 'str'
              ? FIT.repeat
              : FIT.small
  return origin === 'germline' ? ['matched-normal', ...by.filter(it => it !== 'matched-normal')] : by
}
