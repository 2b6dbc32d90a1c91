import type { CaseRecord } from '#domain/case.ts'
import type { Call, Finding } from '#domain/finding.ts'
import { useWords } from '../../desk.ts'
import { fraction, interval95, vafOf } from '../case/finding-facts.ts'

/** The caller's own counts, per specimen, as a table: the text of what the reads show. */
export function ReadEvidence({ finding, record }: { readonly finding: Finding; readonly record: CaseRecord }) {
  const { findings, vocabulary, structural } = useWords()
  const calls = finding.calls
  const roleOf = (call: Call) => {
    const specimen = record.specimens.find(it => it.id === call.specimen || it.sampleName === call.specimen)
    return specimen ? `${vocabulary.role[specimen.role]} ${specimen.id}` : call.specimen
  }
  const has = (key: keyof Call) => calls.some(it => it[key] !== undefined)
  const paired = has('splitReads') || has('discordantPairs')
  const rows: [string, (call: Call) => string][] = [
    ...(has('altDepth') || (has('depth') && !paired)
      ? [[findings.altDepth, (it: Call) => `${it.altDepth ?? '—'} / ${it.depth ?? '—'}`] as [string, (call: Call) => string]]
      : []),
    ...(calls.some(it => vafOf(it) !== undefined)
      ? ([
          [
            findings.vaf,
            it => {
              const vaf = vafOf(it)
              return vaf === undefined ? '—' : fraction(vaf)
            },
          ],
          [
            findings.interval,
            it => {
              const range = it.altDepth !== undefined && it.depth ? interval95(it.altDepth, it.depth) : undefined
              return range ? range.map(n => fraction(n).replace(/^0/, '')).join('–') : '—'
            },
          ],
        ] as [string, (call: Call) => string][])
      : []),
    ...(has('genotype') ? [[findings.genotype, (it: Call) => it.genotype ?? '—'] as [string, (call: Call) => string]] : []),
    ...(has('splitReads')
      ? [[findings.split, (it: Call) => String(it.splitReads ?? '—')] as [string, (call: Call) => string]]
      : []),
    ...(has('discordantPairs')
      ? [[findings.pairs, (it: Call) => String(it.discordantPairs ?? '—')] as [string, (call: Call) => string]]
      : []),
    ...(has('copyNumber')
      ? [[findings.copyNumber, (it: Call) => String(it.copyNumber ?? '—')] as [string, (call: Call) => string]]
      : []),
    ...(has('depth') && paired
      ? [['depth', (it: Call) => (it.depth === undefined ? '—' : `${it.depth}×`)] as [string, (call: Call) => string]]
      : []),
  ]
  return (
    <div className="ec" data-testid="read-evidence">
      <div className="row between">
        <b>{findings.readsTable}</b>
        <span className="sm mut">{findings.readsCounted}</span>
      </div>
      {calls.length === 0 ? (
        <p className="sm mut">{structural.noSupport}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col" aria-label={findings.calls} />
              {calls.map(it => (
                <th scope="col" className="r" key={it.specimen}>
                  {roleOf(it)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name === 'depth' ? findings.altDepth.split('/').at(-1)?.trim() : name}</th>
                {calls.map((it, i) => (
                  <td key={it.specimen} className={`r tnum ${i === 0 ? 'b' : ''}`}>
                    {value(it)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {paired && <p className="sm mut">{structural.fragmentNote}</p>}
      {finding.filter && (
        <p className="sm">
          <span className="mut">{findings.filterColumn}</span>{' '}
          <span className={`tag ${finding.filter === 'PASS' ? 'toki' : 'yama'}`}>{finding.filter}</span>
        </p>
      )}
    </div>
  )
}
