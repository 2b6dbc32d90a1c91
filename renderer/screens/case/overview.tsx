import type { CaseView } from '#domain/contract.ts'
import { AboutCard } from './about-card.tsx'
import { BiomarkerCard } from './biomarker-card.tsx'
import { ConsentCard } from './consent-card.tsx'
import { DriversCard } from './drivers-card.tsx'
import { SpecimenCard } from './specimen-card.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { TrialsCard } from './trials-card.tsx'

/** Page one: what a panel member must know before the first finding is opened. */
export function Overview({ view }: { readonly view: CaseView }) {
  const { record } = view
  const hasMarkers = record.biomarkers.length > 0
  return (
    <main className={`ov ${hasMarkers ? '' : 'no-markers'}`} data-testid="overview">
      <div className="ov-main" data-pane="overview">
        <div className="ov-top">
          <SpecimenCard record={record} />
          <ConsentCard record={record} />
        </div>
        <DriversCard record={record} />
        {hasMarkers && <BiomarkerCard record={record} />}
        {record.timeline.length > 0 && <TimelineCard record={record} />}
      </div>
      <div className="ov-side" data-pane="side">
        <TrialsCard record={record} />
        <AboutCard view={view} />
      </div>
    </main>
  )
}
