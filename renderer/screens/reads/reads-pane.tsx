import { IconDna2, IconWifiOff } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { useWords } from '../../desk.ts'
import { StateBox } from '../../ui/state-box.tsx'

// The genome viewer is the heaviest part of the page: it is fetched when reads are first looked at.
const ReadsView = lazy(() => import('./reads-view.tsx').then(it => ({ default: it.ReadsView })))

/** The reads of one finding, or of any place when the case lists none; or the reason why there are none to show. */
export function ReadsPane({ view, finding }: { readonly view: CaseView; readonly finding: Finding | undefined }) {
  const { findings, app } = useWords()
  const { record, entry } = view
  const hasReads = record.files.some(it => it.role === 'reads')
  if (hasReads && entry.presence.state !== 'absent')
    return (
      <Suspense fallback={<div className="centre mut">{app.loading}</div>}>
        <ReadsView key={`${record.id}|${view.manifest.version}`} view={view} finding={finding} />
      </Suspense>
    )
  return (
    <section className="reads" aria-label={findings.pane.reads} data-pane="reads" data-testid="reads-pane">
      <div className="centre">
        {hasReads ? (
          <StateBox tone="yama" icon={<IconWifiOff stroke={1.5} />} title={findings.readsAbsent}>
            {findings.readsAbsentNote}
          </StateBox>
        ) : (
          <StateBox icon={<IconDna2 stroke={1.5} />} title={findings.readsWithoutFile} />
        )}
      </div>
    </section>
  )
}
