import type { Finding } from '#domain/finding.ts'

/** Gene symbols italic, proteins and HGVS upright. A title that does not begin with its genes is shown as written. */
export function FindingTitle({ finding }: { readonly finding: Pick<Finding, 'title' | 'genes'> }) {
  const { title, genes } = finding
  const fused = genes.length > 1 ? [genes.join('::'), genes.join('-'), genes.join('/'), genes.join('／')] : []
  const lead = [...fused, ...genes].filter(it => it && title.startsWith(it)).sort((a, b) => b.length - a.length)[0]
  if (!lead) return <span className="code">{title}</span>
  return (
    <>
      <span className="gene">{lead}</span>
      <span className="code sec">{title.slice(lead.length)}</span>
    </>
  )
}
