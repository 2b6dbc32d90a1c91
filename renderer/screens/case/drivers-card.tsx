import { IconCheck } from '@tabler/icons-react'
import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import { useDesk, useLanguage, useReview, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { OriginRing } from '../../ui/origin-ring.tsx'
import { leading, strengthOf, strongest } from '../../ui/strength.ts'
import { basisLine, changeOf, type DriverGroup, groupOf } from './finding-facts.ts'

const GROUPS: readonly DriverGroup[] = ['structural', 'small', 'copy', 'germline']
const rank = (finding: Finding) => {
  const badge = leading(finding)
  const strength = badge ? strengthOf(badge) : 4
  return strength === 'R' ? 1 : strength
}

function Row({ finding, record, head, span }: { finding: Finding; record: CaseRecord; head: string | undefined; span: number }) {
  const words = useWords()
  const desk = useDesk()
  const review = useReview(it => it.review.findings.get(finding.id))
  const agreed = review?.decision?.classifications ?? []
  const badge = leading(finding, agreed)
  const jp = strongest(agreed, 'JP') ?? strongest(finding.classifications, 'JP')
  const escat = strongest(agreed, 'ESCAT') ?? strongest(finding.classifications, 'ESCAT')
  const open = () => {
    desk.review.getState().choose(finding.id)
    desk.place.getState().showTab('findings')
  }
  const state = review?.conflict ? 'conflict' : (review?.decision?.state ?? review?.dismissal?.state)
  return (
    <tr className={review?.dismissal ? 'dismissed' : ''} onDoubleClick={open}>
      {head !== undefined && (
        <th scope="rowgroup" rowSpan={span} className="rh">
          <span>{head}</span>
        </th>
      )}
      <td className="c">
        <OriginRing origin={finding.origin} />
      </td>
      <td className="ell">
        <button type="button" className="row-link" onClick={open} data-testid={`driver-${finding.id}`}>
          <FindingTitle finding={finding} /> <span className="code sec">{changeOf(finding)}</span>
        </button>
      </td>
      <td className="ell sec sm">{basisLine(finding, record, words)}</td>
      <td>{badge && <EvidenceBadge {...badge} />}</td>
      <td>{jp && <EvidenceBadge {...jp} />}</td>
      <td>{escat && <EvidenceBadge {...escat} />}</td>
      <td className="c">
        <LevelBars level={finding.level} />
      </td>
      <td className="c">{state && <ActMark state={state} />}</td>
    </tr>
  )
}

/** What was found, by class and strength, and what was looked for and not found. */
export function DriversCard({ record }: { readonly record: CaseRecord }) {
  const { overview, worklist } = useWords()
  const language = useLanguage()
  const review = useReview(it => it.review)
  const settled = record.findings.filter(
    it => review.findings.get(it.id)?.decision ?? review.findings.get(it.id)?.dismissal,
  ).length
  const { columns } = overview
  return (
    <section className="card drivers" data-testid="drivers">
      <header>
        {overview.drivers} <span className="sub">{overview.driversNote}</span>
        <span className="sp" />
        <span className="tag o b" data-testid="reviewed-count">
          {overview.reviewed(settled, record.findings.length)}
        </span>
      </header>
      <div className="scroll">
        <table className="dr">
          <thead>
            <tr>
              <th scope="col">{columns.group}</th>
              <th scope="col" aria-label={columns.change} />
              <th scope="col">{columns.change}</th>
              <th scope="col">{columns.basis}</th>
              <th scope="col">{columns.class}</th>
              <th scope="col">{columns.jp}</th>
              <th scope="col">{columns.escat}</th>
              <th scope="col" className="c">
                {columns.level}
              </th>
              <th scope="col" className="c">
                {worklist.columns.acts}
              </th>
            </tr>
          </thead>
          {GROUPS.map(group => {
            const findings = record.findings
              .filter(it => groupOf(it) === group)
              .sort((a, b) => rank(a) - rank(b) || a.level - b.level)
            return (
              findings.length > 0 && (
                <tbody key={group}>
                  {findings.map((finding, i) => (
                    <Row
                      key={finding.id}
                      finding={finding}
                      record={record}
                      head={i === 0 ? overview.groups[group] : undefined}
                      span={findings.length}
                    />
                  ))}
                </tbody>
              )
            )
          })}
          {record.noneFound.length > 0 && (
            <tbody>
              {record.noneFound.map((it, i) => (
                <tr key={it.what.en + it.what.ja}>
                  {i === 0 && (
                    <th scope="rowgroup" className="rh" rowSpan={record.noneFound.length}>
                      <span className="row g1">
                        <IconCheck size={14} stroke={1.8} aria-hidden="true" />
                        {overview.noneFound}
                      </span>
                    </th>
                  )}
                  <td />
                  <td colSpan={7} className="none-row">
                    {say(it.what, language)} <span className="sm mut">　{say(it.lookedAt, language)}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          )}
        </table>
      </div>
    </section>
  )
}
