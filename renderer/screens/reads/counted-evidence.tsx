import { useEffect, useRef, useState } from 'react'
import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import { isProblemCode, sentence } from '#domain/problems.ts'
import type { Evidence } from '#viewer/reads/count.ts'
import { createEvidenceEngine, type EvidenceEngine, isCountable } from '#viewer/reads/evidence.ts'
import { readsTracks } from '#viewer/tracks.ts'
import { useSettings } from '../../desk.ts'
import { fileUrl } from './file-source.ts'
import { READS_WORDS } from './reads-words.ts'

type Result = Evidence | { readonly problem: string }

/** Counts made here, from all reads of the files themselves, beside what the caller wrote. No number until it is exact. */
export function CountedEvidence({ record, finding }: { readonly record: CaseRecord; readonly finding: Finding }) {
  const language = useSettings(it => it.language)
  const words = READS_WORDS[language]
  const engine = useRef<EvidenceEngine | undefined>(undefined)
  const [counted, setCounted] = useState<{ finding: string; results: Readonly<Record<string, Result>> }>({
    finding: '',
    results: {},
  })
  useEffect(() => {
    engine.current ??= createEvidenceEngine()
    setCounted({ finding: finding.id, results: {} })
    engine.current.count(
      record,
      finding,
      id => fileUrl(record.id, id),
      (file, result) =>
        setCounted(now => (now.finding === finding.id ? { ...now, results: { ...now.results, [file]: result } } : now)),
    )
  }, [record, finding])
  useEffect(
    () => () => {
      engine.current?.stop()
      engine.current = undefined
    },
    [],
  )
  if (!isCountable(finding)) return null
  const tracks = readsTracks(record, language)
  const results = counted.finding === finding.id ? counted.results : {}
  const cell = (fileId: string, show: (evidence: Evidence) => string) => {
    const result = results[fileId]
    if (!result) return '…'
    return 'problem' in result ? '—' : show(result)
  }
  const rows: readonly (readonly [string, (evidence: Evidence) => string])[] = [
    [words.altDepth, it => `${it.alt.forward + it.alt.reverse} / ${it.depth}`],
    ['VAF', it => (it.depth === 0 ? '—' : it.vaf.toFixed(2))],
    [words.strands, it => `${it.alt.forward} / ${it.alt.reverse}`],
    [words.other, it => String(it.other.forward + it.other.reverse)],
    [words.mapq, it => number(it.altMapq)],
    [words.baseQuality, it => number(it.altBaseQuality)],
    [words.endDistance, it => (it.altEndDistance === undefined ? '—' : `${Math.round(it.altEndDistance)} bp`)],
    [words.duplicates, it => String(it.duplicates)],
  ]
  const problems = Object.values(results).flatMap(it => ('problem' in it ? [it.problem] : []))
  return (
    <div className="ec" data-testid="counted-evidence" data-done={tracks.every(it => results[it.file.id] !== undefined)}>
      <b>{words.counted}</b>
      <table>
        <thead>
          <tr>
            <th scope="col" aria-label={words.counted} />
            {tracks.map(it => (
              <th scope="col" className="r" key={it.id}>
                {it.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, show]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {tracks.map(it => (
                <td key={it.id} className="r tnum">
                  {cell(it.file.id, show)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sm mut">{words.filter}</p>
      {problems.map(code => (
        <p key={code} className="sm shu">
          {isProblemCode(code) ? sentence(code, language) : code}
        </p>
      ))}
    </div>
  )
}

function number(value: number | undefined): string {
  return value === undefined ? '—' : String(Math.round(value))
}
