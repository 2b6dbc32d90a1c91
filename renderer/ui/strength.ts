import type { Classification, Finding } from '#domain/finding.ts'

/** 1 strongest … 4 weakest, R resistance. It chooses the fill of a badge; the letter always stands beside it. */
export type Strength = 1 | 2 | 3 | 4 | 'R'

export function strengthOf({ scheme, value }: Pick<Classification, 'scheme' | 'value'>): Strength {
  switch (scheme) {
    case 'AMP':
      return /^IV/.test(value) ? 4 : /^III/.test(value) ? 3 : /^II/.test(value) ? 2 : /^I/.test(value) ? 1 : 3
    case 'ACMG':
      return value === 'P' ? 1 : value === 'LP' ? 2 : value === 'LB' || value === 'B' ? 4 : 3
    case 'oncogenicity':
      return value === 'O' ? 1 : value === 'LO' ? 2 : value === 'LB' || value === 'B' ? 4 : 3
    case 'JP':
      return value === 'R' ? 'R' : /^[AB]/.test(value) ? 1 : value.startsWith('C') ? 2 : /^[DE]/.test(value) ? 3 : 4
    case 'ESCAT':
      return /^I(?![IV])/.test(value) ? 1 : /^II(?!I)/.test(value) ? 2 : value.startsWith('III') ? 3 : 4
  }
}

const RANK: Readonly<Record<Strength, number>> = { 1: 0, R: 0.5, 2: 1, 3: 2, 4: 3 }

/** The strongest classification of a scheme, the general one first where two are equal. */
export function strongest(all: readonly Classification[], scheme: Classification['scheme']): Classification | undefined {
  return all
    .filter(it => it.scheme === scheme)
    .sort((a, b) => RANK[strengthOf(a)] - RANK[strengthOf(b)] || Number(Boolean(a.subject)) - Number(Boolean(b.subject)))[0]
}

/** The badge that stands for a finding in a list: ACMG for germline, AMP before oncogenicity for somatic. */
export function leading(finding: Finding, agreed: readonly Classification[] = []): Classification | undefined {
  const order =
    finding.origin === 'germline' ? (['ACMG', 'AMP', 'oncogenicity'] as const) : (['AMP', 'oncogenicity', 'ACMG'] as const)
  for (const scheme of order) {
    const found = strongest(agreed, scheme) ?? strongest(finding.classifications, scheme)
    if (found) return found
  }
  return undefined
}

/** Values a panel may agree on, strongest first. */
export const SCHEME_VALUES: Readonly<Record<Classification['scheme'], readonly string[]>> = {
  AMP: ['I-A', 'I-B', 'II-C', 'II-D', 'III', 'IV'],
  ACMG: ['P', 'LP', 'VUS', 'LB', 'B'],
  oncogenicity: ['O', 'LO', 'VUS', 'LB', 'B'],
  JP: ['A', 'B', 'C', 'D', 'E', 'F', 'R'],
  ESCAT: ['I-A', 'I-B', 'I-C', 'II-A', 'II-B', 'III-A', 'III-B', 'IV-A', 'IV-B', 'V', 'X'],
}
