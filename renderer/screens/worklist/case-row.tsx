import { IconAlertTriangle, IconBan, IconCheck, IconFlask, IconGitMerge, IconInfoCircle } from '@tabler/icons-react'
import type { CaseProgress } from '#domain/contract.ts'
import { useDesk, useLanguage, useSync, useWords } from '../../desk.ts'
import { ageSexShort, bytes, say } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StageSteps } from '../../ui/stage-steps.tsx'
import { type Line, type Notice, noticeOf } from './groups.ts'

const LOOK: Readonly<Record<Notice, { tone: string; Icon: typeof IconBan }>> = {
  withdrawn: { tone: 'shu', Icon: IconBan },
  problem: { tone: 'shu', Icon: IconAlertTriangle },
  conflict: { tone: 'shu', Icon: IconGitMerge },
  quality: { tone: 'shu', Icon: IconAlertTriangle },
  result: { tone: 'yama', Icon: IconFlask },
  warn: { tone: 'yama', Icon: IconAlertTriangle },
  intake: { tone: '', Icon: IconInfoCircle },
}

export function NoticeTag({ notice }: { readonly notice: Notice }) {
  const { worklist } = useWords()
  const { tone, Icon } = LOOK[notice]
  return (
    <span className={`tag ${tone}`}>
      <Icon size={13} stroke={1.6} aria-hidden="true" />
      {worklist.notice[notice]}
    </span>
  )
}

/** The progress of a transfer that is still under way, where there is one. */
export function useProgress(caseId: string): CaseProgress | undefined {
  return useSync(it => it.view?.cases.find(case_ => case_.caseId === caseId && case_.state !== 'done'))
}

function Offline({ line }: { readonly line: Line }) {
  const { worklist, transfer } = useWords()
  const { presence } = line.entry
  const progress = useProgress(line.entry.id)
  if (progress && progress.state !== 'failed' && progress.state !== 'cancelled') {
    const share = progress.of > 0 ? progress.bytes / progress.of : 0
    return (
      <span className="row g1">
        <ProgressBar share={share} label={transfer[progress.state]} width={40} />
        <span className="ai nw">
          {Math.floor(share * 100)}% {transfer[progress.state]}
        </span>
      </span>
    )
  }
  if (presence.state === 'complete')
    return (
      <span className="row g1 nw">
        <IconCheck size={14} stroke={1.8} className="toki" aria-hidden="true" />
        <span className="toki">{worklist.offline.complete}</span>
        <span className="mut sm">{bytes(presence.bytes)}</span>
      </span>
    )
  const share = presence.bytes > 0 ? presence.bytesHere / presence.bytes : 0
  return (
    <span className="row g1 nw">
      <ProgressBar share={share} label={worklist.columns.offline} width={40} short />
      <span className="yama">
        {worklist.offline[presence.state]}
        {presence.state === 'partial' && ` ${Math.floor(share * 100)}%`}
      </span>
    </span>
  )
}

export function CaseRow({
  line,
  chosen,
  onChoose,
  onOpen,
}: {
  readonly line: Line
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly onOpen: () => void
}) {
  const words = useWords()
  const language = useLanguage()
  const { now } = useDesk()
  const { entry, summary } = line
  const notice = noticeOf(line)
  return (
    <tr
      className={`case ${chosen ? 'sel' : ''}`}
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      data-pane-focus={chosen ? '' : undefined}
      data-case={entry.id}
      data-testid={`case-row-${entry.id}`}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <td>{notice && <NoticeTag notice={notice} />}</td>
      <td className="nw">
        {summary && !entry.withdrawn ? (
          <button type="button" className="link code b" tabIndex={-1} onClick={onOpen} data-testid={`case-open-${entry.id}`}>
            {summary.label}
          </button>
        ) : (
          <span className="code b mut">{summary?.label ?? entry.id}</span>
        )}
        {summary && <span className="sm mut"> {summary.system}</span>}
      </td>
      {entry.withdrawn ? (
        <>
          <td className="mut nw" colSpan={2}>
            {words.worklist.erased}
          </td>
          <td colSpan={5} className="mut">
            —
          </td>
        </>
      ) : (
        <>
          <td className="nw ell c-patient">
            {summary ? (
              <>
                <b>{summary.patient.name}</b> <span className="mut sm">{ageSexShort(summary.patient, now(), language)}</span>
              </>
            ) : (
              <span className="mut">—</span>
            )}
          </td>
          <td className="ell c-diagnosis" title={summary && say(summary.diagnosis, language)}>
            {summary ? say(summary.diagnosis, language) : <span className="mut">—</span>}
          </td>
          <td>
            {summary ? (
              <StageSteps stage={summary.stage} waits={notice === 'quality' || notice === 'conflict'} />
            ) : (
              <span className="mut">—</span>
            )}
          </td>
          <td>
            {summary && summary.findings > 0 ? (
              <span className="row nw">
                <ProgressBar share={summary.settled / summary.findings} label={words.worklist.columns.reviewed} width={34} />
                <span className="tnum">
                  {summary.settled}
                  <span className="mut">/{summary.findings}</span>
                </span>
              </span>
            ) : (
              <span className="mut">—</span>
            )}
          </td>
          <td>{summary?.level && <LevelBars level={summary.level} />}</td>
          <td>
            <Offline line={line} />
          </td>
          <td>
            {summary && (
              <span className="row">
                {summary.conflicts > 0 && <ActMark state="conflict" count={summary.conflicts} />}
                {summary.recorded > 0 && <ActMark state="recorded" count={summary.recorded} />}
                {summary.recorded === 0 && summary.conflicts === 0 && summary.accepted > 0 && <ActMark state="accepted" />}
              </span>
            )}
          </td>
        </>
      )}
    </tr>
  )
}
