import { IconDna2, IconWifiOff } from '@tabler/icons-react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { show, widen } from '#domain/locus.ts'
import { useWords } from '../../desk.ts'
import { StateBox } from '../../ui/state-box.tsx'

/** Half the window around a small variant, in bp. */
const AROUND = 40

/** The reads of one finding. Says plainly when the files are missing or not here; never shows another case's reads. */
export function ReadsPane({ view, finding }: { readonly view: CaseView; readonly finding: Finding }) {
  const { findings } = useWords()
  const { record, entry } = view
  const reads = record.files.filter(it => it.role === 'reads')
  const place = finding.breakpoints?.length
    ? finding.breakpoints.map(it => show(widen(it.locus, AROUND))).join(' ｜ ')
    : show(widen(finding.locus, AROUND))
  return (
    <section className="reads" aria-label={findings.pane.reads} data-pane="reads" data-testid="reads-pane">
      <div className="reads-bar row">
        <b>{findings.reads}</b>
        <span className="code sm sec ell">
          {place}・{record.assembly}
        </span>
      </div>
      <div className="centre grow">
        {reads.length === 0 ? (
          <StateBox icon={<IconDna2 stroke={1.5} />} title={findings.readsWithoutFile} />
        ) : entry.presence.state === 'absent' ? (
          <StateBox tone="yama" icon={<IconWifiOff stroke={1.5} />} title={findings.readsAbsent}>
            {findings.readsAbsentNote}
          </StateBox>
        ) : (
          <StateBox icon={<IconDna2 stroke={1.5} />} title={findings.readsSlot} />
        )}
      </div>
    </section>
  )
}
