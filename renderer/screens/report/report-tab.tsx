import { useElementSize } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck, IconDownload, IconInfoCircle, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { BYTES, type CaseView } from '#domain/contract.ts'
import type { Language } from '#domain/text.ts'
import { bytesUrl } from '../../backend.ts'
import { useDesk, useDrafts, useLanguage, useReview, useWords } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { draftsOf } from '../../stores/drafts.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { shortHash } from '../records/act-words.tsx'
import { ReportPreview } from './report-preview.tsx'

function Check({ good, text }: { readonly good: boolean; readonly text: string }) {
  return (
    <li className={`row ${good ? '' : 'yama'}`}>
      {good ? (
        <IconCheck size={15} stroke={2} className="toki" aria-hidden="true" />
      ) : (
        <IconAlertTriangle size={15} stroke={1.7} aria-hidden="true" />
      )}
      <span>{text}</span>
    </li>
  )
}

export function ReportTab({ view }: { readonly view: CaseView }) {
  const words = useWords()
  const uiLanguage = useLanguage()
  const desk = useDesk()
  const { report } = words
  const { record, entry, acts } = view
  const review = useReview(it => it.review)
  const issuing = useReview(it => it.recording.has('report'))
  const failure = useReview(it => it.failures.get('report'))
  const unrecorded = useDrafts(it => draftsOf(it.all, record.id).length)
  const [language, setLanguage] = useState<Language>(uiLanguage)
  const [shown, setShown] = useState<string | undefined>(undefined)
  const { ref, width } = useElementSize()
  const decided = record.findings.filter(
    it => review.findings.get(it.id)?.decision ?? review.findings.get(it.id)?.dismissal,
  ).length
  const conflicts = [...review.findings.values()].filter(it => it.conflict).length
  const issued = [...review.reports].reverse()
  const chosen = issued.find(it => it.sha256 === shown)
  const url = bytesUrl(
    BYTES.report,
    { caseId: record.id },
    { language: chosen?.language ?? language, ...(chosen ? { sha256: chosen.sha256 } : {}) },
  )
  const issue = async () => {
    const sha256 = await desk.review.getState().issueReport(language)
    if (sha256) setShown(sha256)
  }
  return (
    <main className="rp" data-testid="report">
      <aside className="rp-side scroll" data-pane="report">
        <h2>{report.title}</h2>
        <div className="col g1">
          <span className="lab">{report.language}</span>
          <Segments
            className="fill"
            label={report.language}
            value={chosen ? undefined : language}
            options={[
              { value: 'ja', label: '日本語', testId: 'report-ja' },
              { value: 'en', label: 'English', testId: 'report-en' },
            ]}
            onChange={value => {
              setLanguage(value)
              setShown(undefined)
            }}
          />
        </div>
        <div className="col g1">
          <span className="lab">{report.checks}</span>
          <ul className="plain col g1 checks">
            <Check good={decided === record.findings.length} text={report.checkDecided(decided, record.findings.length)} />
            <Check good text={report.checkSealed} />
            <Check
              good={unrecorded === 0}
              text={report.checkDraft + (unrecorded > 0 ? `（${words.findings.segments.draft} ${unrecorded}）` : '')}
            />
            <Check good={conflicts === 0} text={conflicts === 0 ? report.checkConflict : report.checkConflictBad(conflicts)} />
          </ul>
        </div>
        <div className="note sm">
          <IconInfoCircle size={15} stroke={1.6} className="ic-top" aria-hidden="true" />
          {report.issueNote}
        </div>
        {failure && <ProblemNote problem={failure} />}
        <button type="button" className="btn p lg" disabled={issuing} onClick={() => void issue()} data-testid="report-issue">
          {issuing && <span className="spin s" />}
          {issuing ? report.issuing : report.issue}
        </button>
        <div className="row">
          <a className="btn grow" href={url} download={`${record.label}.pdf`} data-testid="report-download">
            <IconDownload size={15} stroke={1.6} aria-hidden="true" />
            {report.download}
          </a>
          <button type="button" className="btn grow" onClick={() => window.print()} data-testid="report-print">
            <IconPrinter size={15} stroke={1.6} aria-hidden="true" />
            {report.print}
          </button>
        </div>
        <div className="col g1">
          <span className="lab">{report.issued}</span>
          {issued.length === 0 && <span className="mut sm">{report.issuedNone}</span>}
          {issued.map(it => {
            const state = acts.find(act => act.header.id === it.actId)?.state ?? 'recorded'
            return (
              <button
                type="button"
                key={it.actId}
                className={`issued ${it.sha256 === shown ? 'on' : ''}`}
                onClick={() => setShown(it.sha256 === shown ? undefined : it.sha256)}
                data-testid={`report-issued-${it.sha256.slice(0, 8)}`}
              >
                <span className="row">
                  <ActMark state={state} word />
                  <span className="sm">{stamp(it.at, uiLanguage)}</span>
                  <span className="sm mut">{it.language === 'ja' ? '日本語' : 'English'}</span>
                </span>
                <span className="mono sm mut">{shortHash(it.sha256)}</span>
              </button>
            )
          })}
          {chosen && (
            <button type="button" className="link sm" onClick={() => setShown(undefined)}>
              {report.showDraft}
            </button>
          )}
        </div>
      </aside>
      <section className="rp-view scroll" ref={ref} data-pane="preview" aria-label={report.preview}>
        {width > 0 && (
          <ReportPreview
            url={url}
            stamp={`${entry.revision}|${acts.length}`}
            width={Math.min(820, Math.max(420, Math.floor(width - 64)))}
          />
        )}
      </section>
    </main>
  )
}
