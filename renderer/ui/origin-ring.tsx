import type { Finding } from '#domain/finding.ts'
import { useWords } from '../desk.ts'

/** G in a double ring for germline, S in a single one for somatic. */
export function OriginRing({ origin }: { readonly origin: Finding['origin'] }) {
  const name = useWords().vocabulary.origin[origin]
  const letter = origin === 'germline' ? 'G' : origin === 'somatic' ? 'S' : '?'
  return (
    <span className={`origin ${origin}`} role="img" aria-label={name} title={name}>
      {letter}
    </span>
  )
}
