import { IconAlertTriangle, IconBan } from '@tabler/icons-react'
import { lazy, Suspense, useEffect } from 'react'
import { useDesk, usePlace, useReview, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { CASE_TABS } from '../../stores/place.ts'
import { useProblemSentence } from '../../ui/problem-note.tsx'
import { StateBox } from '../../ui/state-box.tsx'
import { FindingsScreen } from '../findings/findings-screen.tsx'
import { RecordsTab } from '../records/records-tab.tsx'
import { TopEnd } from '../shell/top-end.tsx'
import { StructuralTab } from '../structural/structural-tab.tsx'
import { CaseTabs } from './case-tabs.tsx'
import { IdentityStrip } from './identity-strip.tsx'
import { Overview } from './overview.tsx'
import { TrialsTab } from './trials-tab.tsx'

const ReportTab = lazy(() => import('../report/report-tab.tsx').then(it => ({ default: it.ReportTab })))

function Body() {
  const words = useWords()
  const desk = useDesk()
  const sentenceOf = useProblemSentence()
  const tab = usePlace(it => it.tab)
  const state = useReview(it => it.state)
  const view = useReview(it => it.view)
  const problem = useReview(it => it.problem)
  if (state === 'failed' && problem)
    return (
      <main className="centre">
        <StateBox
          tone="shu"
          icon={problem.code === 'withdrawn' ? <IconBan stroke={1.5} /> : <IconAlertTriangle stroke={1.5} />}
          title={sentenceOf(problem)}
          testId="case-failed"
          actions={
            <>
              <button type="button" className="btn p" onClick={() => void desk.review.getState().reload()}>
                {words.app.retry}
              </button>
              <button type="button" className="btn" onClick={() => desk.place.getState().go('cases')}>
                {words.palette.goCases}
              </button>
            </>
          }
        />
      </main>
    )
  if (!view)
    return (
      <main className="pad loading-grid" data-testid="case-loading">
        {[1, 2, 3, 4].map(it => (
          <div className="card skel" key={it} />
        ))}
        <span className="row sec">
          <span className="spin" /> {words.app.loading}
        </span>
      </main>
    )
  switch (tab) {
    case 'overview':
      return <Overview view={view} />
    case 'findings':
      return <FindingsScreen view={view} />
    case 'structural':
      return <StructuralTab view={view} />
    case 'trials':
      return <TrialsTab record={view.record} />
    case 'report':
      return (
        <Suspense fallback={<main className="centre mut">{words.app.loading}</main>}>
          <ReportTab view={view} />
        </Suspense>
      )
    case 'records':
      return <RecordsTab view={view} />
  }
}

/** One case. Strip and body read the same `view`, so they change together. */
export function CaseScreen() {
  const desk = useDesk()
  const caseId = usePlace(it => it.caseId)
  useEffect(() => {
    if (caseId) void desk.review.getState().open(caseId)
  }, [desk, caseId])
  const { showTab } = desk.place.getState()
  useKeys(CASE_TABS.map((tab, i) => ({ keys: `Alt+${i + 1}`, run: () => showTab(tab) })))
  return (
    <>
      <div className="topw">
        <div className="top-bar">
          <IdentityStrip />
          <span className="sp" />
          <TopEnd />
        </div>
        <CaseTabs />
      </div>
      <Body />
    </>
  )
}
