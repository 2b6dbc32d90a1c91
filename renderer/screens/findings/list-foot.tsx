import { IconX } from '@tabler/icons-react'
import type { Finding } from '#domain/finding.ts'
import type { Review } from '#domain/review.ts'
import { useWords } from '../../desk.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { type DriverGroup, groupOf } from '../case/finding-facts.ts'

const GROUPS: readonly DriverGroup[] = ['small', 'structural', 'copy', 'germline']

/** How far each class has been reviewed. */
export function ListFoot({ findings, review }: { readonly findings: readonly Finding[]; readonly review: Review }) {
  const words = useWords()
  const settled = (it: Finding) => Boolean(review.findings.get(it.id)?.decision ?? review.findings.get(it.id)?.dismissal)
  const dismissed = findings.filter(it => review.findings.get(it.id)?.dismissal).length
  return (
    <div className="lf">
      <span className="row g1">
        <IconX size={13} stroke={1.8} aria-hidden="true" />
        <b>{words.findings.dismissedCount(dismissed)}</b>
        <span className="sp" />
        <span className="mut">{words.overview.allSteps}</span>
      </span>
      <div className="cp">
        {GROUPS.map(group => {
          const its = findings.filter(it => groupOf(it) === group)
          const done = its.filter(settled).length
          const name = words.overview.groups[group]
          return (
            <div key={group}>
              <span className="row between">
                <span className="sec ell">{name}</span>
                <span className="tnum">
                  {done}/{its.length}
                </span>
              </span>
              <ProgressBar share={its.length > 0 ? done / its.length : 0} label={name} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
