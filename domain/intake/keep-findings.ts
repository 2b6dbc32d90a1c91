import type { Finding } from '../finding.ts'

export const MOST_FINDINGS = 10_000

/**
 * Keeps what a panel can look at: when there are more than the limit, those that passed the caller's filters first, then new ones
 * (de novo), then those that change a protein. The order of the genome is kept.
 */
export function keepFindings(
  findings: readonly Finding[],
  most = MOST_FINDINGS,
): { readonly kept: readonly Finding[]; readonly left: number } {
  if (findings.length <= most) return { kept: findings, left: 0 }
  const weight = (finding: Finding) =>
    (finding.filter === 'PASS' || finding.filter === '.' ? 0 : 4) +
    (finding.inheritance === 'de-novo' ? 0 : 2) +
    (finding.level < 3 ? 0 : 1)
  const ranked = findings.map((finding, index) => ({ index, weight: weight(finding) }))
  ranked.sort((a, b) => a.weight - b.weight || a.index - b.index)
  const chosen = new Set(ranked.slice(0, most).map(it => it.index))
  return { kept: findings.filter((_, index) => chosen.has(index)), left: findings.length - most }
}
