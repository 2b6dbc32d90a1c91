import { IconDownload, IconPlayerStop } from '@tabler/icons-react'
import { FileRole } from '#domain/case.ts'
import type { CaseProgress } from '#domain/contract.ts'
import { useDesk, useLanguage, useSync, useWords, useWorklist } from '../../desk.ts'
import { bytes, span } from '../../i18n/format.ts'
import { useSentence } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'

function FileRows({ progress }: { readonly progress: CaseProgress }) {
  const { vocabulary, transfer, sync } = useWords()
  return (
    <table className="sm file-rows">
      <tbody>
        {progress.files.map(it => {
          const role = FileRole.safeParse(it.role)
          return (
            <tr key={it.file}>
              <td className="nw">{role.success ? vocabulary.file[role.data] : it.role}</td>
              <td className="ell code mut" title={it.file}>
                {it.file}
              </td>
              <td className="bar-cell">
                <ProgressBar share={it.of > 0 ? it.bytes / it.of : it.done ? 1 : 0} label={it.file} />
              </td>
              <td className="r nw tnum">{sync.ofBytes(bytes(it.bytes), bytes(it.of))}</td>
              <td className="nw mut">{it.done ? transfer.done : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Transfer({ progress }: { readonly progress: CaseProgress }) {
  const words = useWords()
  const language = useLanguage()
  const { sync } = useDesk()
  const sentenceOf = useSentence()
  const label = useWorklist(it => it.summaries.get(progress.caseId)?.label)
  const { state } = progress
  const going = state === 'queued' || state === 'manifest' || state === 'fetching' || state === 'publishing'
  const left = Math.max(0, progress.of - progress.bytes)
  const tone = state === 'failed' ? 'shu' : state === 'done' ? 'toki' : state === 'cancelled' ? 'yama' : 'ai'
  return (
    <div className="transfer" data-testid={`transfer-${progress.caseId}`} data-state={state}>
      <div className="row">
        <b className="code">{label ?? progress.label ?? progress.caseId}</b>
        <span className={`tag ${tone}`}>{words.transfer[state]}</span>
        <span className="sm sec tnum nw">{words.sync.ofBytes(bytes(progress.bytes), bytes(progress.of))}</span>
        {going && progress.bytesPerSecond > 0 && (
          <span className="sm mut nw">
            {bytes(progress.bytesPerSecond)}/s・
            {words.worklist.side.remainingTime(bytes(left), span(left / progress.bytesPerSecond, language))}
          </span>
        )}
        <span className="sp" />
        {going && (
          <button
            type="button"
            className="btn sm"
            onClick={() => void sync.getState().cancel(progress.caseId)}
            data-testid={`transfer-cancel-${progress.caseId}`}
          >
            <IconPlayerStop size={13} stroke={1.6} aria-hidden="true" />
            {words.worklist.side.stop}
          </button>
        )}
        {(state === 'cancelled' || state === 'failed') && (
          <button
            type="button"
            className="btn sm"
            onClick={() => void sync.getState().resume(progress.caseId)}
            data-testid={`transfer-resume-${progress.caseId}`}
          >
            <IconDownload size={13} stroke={1.6} aria-hidden="true" />
            {words.worklist.side.resume}
          </button>
        )}
      </div>
      <ProgressBar
        share={progress.of > 0 ? progress.bytes / progress.of : state === 'done' ? 1 : 0}
        label={words.transfer[state]}
      />
      {progress.problem && <div className="sm shu">{sentenceOf(progress.problem)}</div>}
      {progress.files.length > 0 && (
        <details open={going}>
          <summary className="sm link">
            {words.sync.showFiles}（{progress.files.filter(it => it.done).length}/{progress.files.length}）
          </summary>
          <FileRows progress={progress} />
        </details>
      )}
    </div>
  )
}

export function Transfers() {
  const { sync } = useWords()
  const cases = useSync(it => it.view?.cases) ?? []
  return (
    <section className="card" data-testid="transfers">
      <header>
        {sync.files} {cases.length > 0 && <span className="sub">{cases.length}</span>}
      </header>
      <div className="bd col">
        {cases.length === 0 && (
          <p className="sec sm">
            {sync.filesNone}
            <br />
            {sync.filesNoneNote}
          </p>
        )}
        {cases.map(it => (
          <Transfer key={it.caseId} progress={it} />
        ))}
      </div>
    </section>
  )
}
