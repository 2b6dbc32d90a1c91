import { IconArrowsSplit } from '@tabler/icons-react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { useDesk, useLanguage, useReview, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { OriginRing } from '../../ui/origin-ring.tsx'
import { StateBox } from '../../ui/state-box.tsx'
import { leading } from '../../ui/strength.ts'
import { callOf, isStructural } from '../case/finding-facts.ts'
import { ReadEvidence } from '../reads/read-evidence.tsx'
import { ReadsPane } from '../reads/reads-pane.tsx'

/** Distance between two breakpoints on one chromosome, or the length of the locus; undefined across chromosomes. */
export function sizeOf(finding: Finding): number | undefined {
  const [a, b] = finding.breakpoints ?? []
  if (a && b) return a.locus.contig === b.locus.contig ? Math.abs(b.locus.start - a.locus.start) : undefined
  return finding.locus.end - finding.locus.start
}

export function sizeText(bp: number): string {
  if (bp >= 1_000_000) return `${(bp / 1_000_000).toFixed(1)} Mb`
  return bp >= 1000 ? `${(bp / 1000).toFixed(1)} kb` : `${bp} bp`
}

function Breakpoints({ finding }: { readonly finding: Finding }) {
  const { structural } = useWords()
  const language = useLanguage()
  const points = finding.breakpoints ?? []
  const size = sizeOf(finding)
  return (
    <section className="card">
      <header>{structural.genes}</header>
      <div className="bd">
        <dl className="kv">
          {points.length === 0 && (
            <>
              <dt>{structural.samePlace}</dt>
              <dd className="code">{show(finding.locus)}</dd>
            </>
          )}
          {points.map((it, i) => (
            <div className="kv-row" key={`${it.locus.contig}:${it.locus.start}:${it.keeps}`}>
              <dt>{i === 0 ? 'A' : 'B'}</dt>
              <dd>
                {it.gene ? <span className="gene">{it.gene}</span> : <span className="mut">{structural.betweenGenes}</span>}{' '}
                {it.part && say(it.part, language)}
                <div className="sm sec code">
                  {show(it.locus)}　{structural.keeps[it.keeps]}
                </div>
              </dd>
            </div>
          ))}
          {size !== undefined && (
            <div className="kv-row">
              <dt>{structural.size}</dt>
              <dd className="tnum">{sizeText(size)}</dd>
            </div>
          )}
        </dl>
      </div>
    </section>
  )
}

function Line({ finding, view, chosen, onChoose }: { finding: Finding; view: CaseView; chosen: boolean; onChoose: () => void }) {
  const { vocabulary } = useWords()
  const tumour = callOf(finding, view.record, 'tumour')
  const agreed = useReview(it => it.review.findings.get(finding.id)?.decision?.classifications)
  const badge = leading(finding, agreed)
  const [a, b] = finding.breakpoints ?? []
  return (
    <tr
      className={chosen ? 'sel' : ''}
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      data-pane-focus={chosen ? '' : undefined}
      onClick={onChoose}
      data-testid={`sv-${finding.id}`}
    >
      <td className="c">
        <OriginRing origin={finding.origin} />
      </td>
      <td className="ell" title={finding.title}>
        <FindingTitle finding={finding} />
      </td>
      <td className="nw">
        {finding.svType && <span className="tag ai">{vocabulary.svType[finding.svType]}</span>}{' '}
        <span className="sm mut">{vocabulary.kind[finding.kind]}</span>
      </td>
      <td className="code nw">{show(a?.locus ?? finding.locus)}</td>
      <td className="code nw">{b ? show(b.locus) : <span className="mut">—</span>}</td>
      <td className="r tnum">{tumour?.splitReads ?? '—'}</td>
      <td className="r tnum">{tumour?.discordantPairs ?? '—'}</td>
      <td className="r tnum">{tumour?.copyNumber ?? '—'}</td>
      <td>{badge && <EvidenceBadge {...badge} />}</td>
      <td className="c">
        <LevelBars level={finding.level} />
      </td>
    </tr>
  )
}

/** Structural variants, fusions and copy numbers with both breakpoints; the chosen one with its reads and counts. */
export function StructuralTab({ view }: { readonly view: CaseView }) {
  const words = useWords()
  const desk = useDesk()
  const { structural } = words
  const findings = view.record.findings.filter(isStructural)
  const chosen = useReview(it => it.chosen)
  const at = Math.max(
    0,
    findings.findIndex(it => it.id === chosen),
  )
  const finding = findings[at]
  const pick = (index: number) => {
    const next = findings[Math.max(0, Math.min(findings.length - 1, index))]
    if (next) desk.review.getState().choose(next.id)
  }
  const toFinding = () => {
    if (!finding) return
    desk.review.getState().choose(finding.id)
    desk.place.getState().showTab('findings')
  }
  useKeys([
    { keys: 'j', run: () => pick(at + 1) },
    { keys: 'k', run: () => pick(at - 1) },
    { keys: 'ArrowDown', run: () => pick(at + 1) },
    { keys: 'ArrowUp', run: () => pick(at - 1) },
    { keys: 'Enter', run: toFinding },
  ])
  if (!finding)
    return (
      <main className="centre">
        <StateBox icon={<IconArrowsSplit stroke={1.5} />} title={structural.none}>
          {structural.noneNote}
        </StateBox>
      </main>
    )
  const { columns } = structural
  return (
    <main className="p4" data-testid="structural">
      <section className="card sv-list" data-pane="list">
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col" aria-label={words.findings.originFilter} />
                <th scope="col">{columns.change}</th>
                <th scope="col">{columns.type}</th>
                <th scope="col">{columns.a}</th>
                <th scope="col">{columns.b}</th>
                <th scope="col" className="r">
                  {columns.split}
                </th>
                <th scope="col" className="r">
                  {columns.pairs}
                </th>
                <th scope="col" className="r">
                  {columns.cn}
                </th>
                <th scope="col">{columns.class}</th>
                <th scope="col" className="c">
                  {columns.level}
                </th>
              </tr>
            </thead>
            <tbody>
              {findings.map((it, i) => (
                <Line key={it.id} finding={it} view={view} chosen={i === at} onChoose={() => pick(i)} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <div className="sv-head row">
        <OriginRing origin={finding.origin} />
        <h2 className="ell">
          <FindingTitle finding={finding} />
        </h2>
        <span className="sec ell grow">{finding.consequence}</span>
        <span className="sm mut nw">{structural.of(at + 1, findings.length)}</span>
        <button type="button" className="btn" onClick={() => pick(at - 1)} disabled={at === 0} data-testid="sv-previous">
          <KeyCap keys={['k']} /> {structural.previous}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => pick(at + 1)}
          disabled={at === findings.length - 1}
          data-testid="sv-next"
        >
          {structural.next} <KeyCap keys={['j']} />
        </button>
        <button type="button" className="btn p" onClick={toFinding} data-testid="sv-decide">
          {structural.toFinding}
        </button>
      </div>
      <div className="card sv-reads">
        <ReadsPane view={view} finding={finding} />
      </div>
      <div className="sv-side col scroll" data-pane="side">
        <section className="card">
          <ReadEvidence finding={finding} record={view.record} />
        </section>
        <Breakpoints finding={finding} />
        {finding.rna && <Rna finding={finding} />}
      </div>
    </main>
  )
}

function Rna({ finding }: { readonly finding: Finding }) {
  const { structural, findings } = useWords()
  const language = useLanguage()
  return (
    <section className="card">
      <header>
        {structural.fusion}
        <span className="sp" />
        {finding.rna?.junctionReads !== undefined && (
          <span className="tag toki">RNA {findings.junctionReads(finding.rna.junctionReads)}</span>
        )}
      </header>
      <div className="bd">{finding.rna && say(finding.rna.text, language)}</div>
    </section>
  )
}
