import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { CaseRecord, Quality } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { half } from './finding-facts.ts'

export function SpecimenCard({ record }: { readonly record: CaseRecord }) {
  const words = useWords()
  const language = useLanguage()
  const { overview, vocabulary } = words
  const worst = record.quality.some(it => it.status === 'fail')
    ? 'fail'
    : record.quality.some(it => it.status === 'warn')
      ? 'warn'
      : 'pass'
  const notes = record.quality.filter(it => (it.status === 'fail' || it.status === 'warn') && it.note)
  const rest = (it: Quality) => !['mean-depth', 'purity'].includes(it.key)
  return (
    <section className="card" data-testid="specimen-card">
      <header>
        {overview.specimens}
        <span className="sp" />
        {record.quality.length > 0 && (
          <span className={`tag b ${worst === 'fail' ? 'shu' : worst === 'warn' ? 'toki' : 'toki'}`}>
            {worst === 'fail' ? (
              <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />
            ) : (
              <IconCheck size={13} stroke={1.8} aria-hidden="true" />
            )}
            {worst === 'fail' ? overview.unfit : overview.fit}
          </span>
        )}
        {worst === 'warn' && <span className="tag yama">{overview.caution}</span>}
      </header>
      <div className="bd col">
        <table className="plain-table sm">
          <tbody>
            {record.specimens.map(it => (
              <tr key={it.id}>
                <th scope="row">
                  {vocabulary.role[it.role]} {it.id}
                </th>
                <td className="b tnum">{it.meanDepth !== undefined ? `${it.meanDepth}×` : '—'}</td>
                <td className="tnum">{it.purity !== undefined && `${overview.purity} ${Math.round(it.purity * 100)} %`}</td>
                <td className="ell sec" title={it.material && say(it.material, language)}>
                  {it.material && say(it.material, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="q-list sm">
          {record.quality.filter(rest).map(it => (
            <span
              key={`${it.key}|${it.specimen ?? ''}`}
              className={it.status === 'fail' ? 'shu' : it.status === 'warn' ? 'yama' : ''}
            >
              <span className="mut">{say(it.label, language)}</span>{' '}
              <b className="tnum">
                {it.value} {it.unit && half(it.unit, language)}
              </b>
            </span>
          ))}
        </div>
        {notes.map(it => (
          <div key={it.key} className={`note ${it.status === 'fail' ? 'shu' : 'yama'} sm`}>
            <IconAlertTriangle size={15} stroke={1.6} className="ic-top" aria-hidden="true" />
            <span>{it.note && say(it.note, language)}</span>
          </div>
        ))}
      </div>
    </section>
  )
}
