import { useDesk, useLanguage, usePlace, useReview, useWords } from '../../desk.ts'
import { daysUntil, shortDayTime } from '../../i18n/format.ts'
import { CASE_TABS, type CaseTab } from '../../stores/place.ts'
import { isStructural } from './finding-facts.ts'

export function CaseTabs() {
  const words = useWords()
  const language = useLanguage()
  const { now } = useDesk()
  const tab = usePlace(it => it.tab)
  const showTab = usePlace(it => it.showTab)
  const view = useReview(it => it.view)
  const reports = useReview(it => it.review.reports.length)
  // Sealed findings are not in the record, so no count can speak of them.
  const counts: Readonly<Record<CaseTab, string | number | undefined>> = {
    overview: undefined,
    findings: view?.record.findings.length,
    structural: view?.record.findings.filter(isStructural).length,
    trials: view?.record.trials.length,
    report: reports > 0 ? reports : undefined,
    records: view?.acts.length,
  }
  const panelDate = view?.record.panelDate
  const days = panelDate ? daysUntil(panelDate, now()) : undefined
  return (
    <div className="row between tab-row">
      <div className="tabs" role="tablist" aria-label={words.rail.label}>
        {CASE_TABS.map(it => (
          <button
            key={it}
            type="button"
            role="tab"
            aria-selected={it === tab}
            className={it === tab ? 'on' : ''}
            onClick={() => showTab(it)}
            data-testid={`tab-${it}`}
          >
            {words.tabs[it]}
            {counts[it] !== undefined && <span className="ct">{counts[it]}</span>}
          </button>
        ))}
      </div>
      {panelDate && days !== undefined && (
        <span className="sm sec nw panel-date">
          {words.strip.panel(shortDayTime(panelDate, language))} {days > 0 && <b>{words.strip.daysLeft(days)}</b>}
          {days === 0 && <b>{words.strip.today}</b>}
        </span>
      )}
    </div>
  )
}
