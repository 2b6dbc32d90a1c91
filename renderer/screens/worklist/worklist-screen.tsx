import { IconBriefcase } from '@tabler/icons-react'
import { useRef } from 'react'
import { sentence } from '#domain/problems.ts'
import { useDesk, useLanguage, useSession, useSync, useWords, useWorklist } from '../../desk.ts'
import { shortDayTime } from '../../i18n/format.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { NO_FILTER } from '../../stores/worklist.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { StateBox } from '../../ui/state-box.tsx'
import { TopEnd } from '../shell/top-end.tsx'
import { CaseRow } from './case-row.tsx'
import { Filters } from './filters.tsx'
import { fits, type Group, grouped, type Line, needsAction } from './groups.ts'
import { SideCard } from './side-card.tsx'

function GroupHead({ group }: { readonly group: Group }) {
  const { worklist } = useWords()
  const language = useLanguage()
  const { groups } = worklist
  return (
    <tr className="grp">
      <td colSpan={9}>
        <span className="row">
          {group.kind === 'panel' && group.date
            ? shortDayTime(group.date, language)
            : group.kind === 'panel'
              ? ''
              : groups[group.kind]}
          <span className="sub">
            {group.kind === 'panel' && `${groups.panel}・`}
            {group.kind === 'attention' ? groups.attentionNote : groups.cases(group.lines.length)}
          </span>
        </span>
      </td>
    </tr>
  )
}

function Skeleton() {
  return (
    <tbody aria-hidden="true">
      {Array.from({ length: 8 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty rows.
        <tr key={i}>
          {Array.from({ length: 9 }, (_, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty cells.
            <td key={j}>
              <div className="skel" style={{ height: 12, width: `${40 + ((i * 7 + j * 13) % 5) * 12}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

export function WorklistScreen() {
  const desk = useDesk()
  const words = useWords()
  const language = useLanguage()
  const { state, entries, summaries, problems, problem, chosen, filter, choose, narrow } = useWorklist(it => it)
  const hospital = useSession(it => it.view?.user?.hospital ?? '')
  const search = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const now = desk.now()
  const lines: Line[] = entries.map(entry => ({ entry, summary: summaries.get(entry.id), problem: problems.get(entry.id) }))
  const groups = grouped(lines.filter(it => fits(it, filter, now)))
  const shown = groups.flatMap(it => it.lines)
  const at = shown.findIndex(it => it.entry.id === chosen)
  const line = shown[at] ?? shown.find(it => it.summary && !it.entry.withdrawn) ?? shown[0]

  const pick = (index: number) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, index))]
    if (!next) return
    choose(next.entry.id)
    const row = body.current?.querySelector<HTMLElement>(`[data-case="${CSS.escape(next.entry.id)}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  const here = line ? shown.indexOf(line) : 0
  const open = (target: Line | undefined) => {
    if (target?.summary && !target.entry.withdrawn) desk.place.getState().openCase(target.entry.id)
  }
  const nextUnfinished = () => {
    const order = [...shown.slice(here + 1), ...shown.slice(0, here + 1)]
    const next = order.find(it => it.summary && it.summary.settled < it.summary.findings)
    if (next) pick(shown.indexOf(next))
  }
  useKeys([
    { keys: 'j', run: () => pick(here + 1) },
    { keys: 'k', run: () => pick(here - 1) },
    { keys: 'ArrowDown', run: () => pick(here + 1) },
    { keys: 'ArrowUp', run: () => pick(here - 1) },
    { keys: 'Home', run: () => pick(0) },
    { keys: 'End', run: () => pick(shown.length - 1) },
    { keys: 'n', run: nextUnfinished },
    { keys: '/', run: () => search.current?.focus() },
    ...(isButton() ? [] : [{ keys: 'Enter', run: () => open(line) }]),
  ])
  const running = useSync(it => it.view?.state === 'running')

  return (
    <>
      <div className="topw">
        <div className="top-bar">
          <h1>{words.worklist.title}</h1>
          <span className="mut sm ell">{words.worklist.count(hospital, entries.length)}</span>
          <span className="sp" />
          <TopEnd />
        </div>
      </div>
      <main className="wl">
        <section className="wl-main" data-pane="list" aria-label={words.worklist.title}>
          <Filters lines={lines} searchRef={search} attention={lines.filter(needsAction).length} onLeave={() => pick(here)} />
          {problem && (
            <div className="pad">
              <ProblemNote problem={problem}>
                <button type="button" className="btn sm" onClick={() => void desk.worklist.getState().refresh()}>
                  {words.app.retry}
                </button>
              </ProblemNote>
            </div>
          )}
          <div className="scroll grow" ref={body}>
            {state === 'ready' && entries.length === 0 ? (
              <div className="centre">
                <StateBox
                  icon={<IconBriefcase stroke={1.5} />}
                  title={words.worklist.empty}
                  testId="worklist-empty"
                  actions={
                    <>
                      <button
                        type="button"
                        className="btn p"
                        disabled={running}
                        onClick={() => void desk.sync.getState().run()}
                        data-testid="sync-run"
                      >
                        {running && <span className="spin s" />}
                        {running ? words.sync.running : words.worklist.emptyButton}
                      </button>
                      <button type="button" className="btn" onClick={() => desk.place.getState().go('sync')}>
                        {words.palette.goSync}
                      </button>
                    </>
                  }
                >
                  {words.worklist.emptyText}
                </StateBox>
              </div>
            ) : state === 'failed' && !problem ? (
              sentence('internal', language)
            ) : (
              <table className="wl-table" aria-label={words.worklist.title}>
                <thead>
                  <tr>
                    {(['notice', 'id', 'patient', 'diagnosis', 'stage', 'reviewed', 'level', 'offline', 'acts'] as const).map(
                      it => (
                        <th key={it} scope="col" className={`c-${it}`}>
                          {words.worklist.columns[it]}
                        </th>
                      ),
                    )}
                  </tr>
                </thead>
                {state === 'loading' && entries.length === 0 ? (
                  <Skeleton />
                ) : (
                  groups.map(group => (
                    <tbody key={group.kind + (group.date ?? '')}>
                      <GroupHead group={group} />
                      {group.lines.map(it => (
                        <CaseRow
                          key={it.entry.id}
                          line={it}
                          chosen={it === line}
                          onChoose={() => choose(it.entry.id)}
                          onOpen={() => open(it)}
                        />
                      ))}
                    </tbody>
                  ))
                )}
              </table>
            )}
            {entries.length > 0 && shown.length === 0 && (
              <StateBox
                icon={<IconBriefcase stroke={1.5} />}
                title={words.worklist.noHits}
                actions={
                  <button type="button" className="btn" onClick={() => narrow(NO_FILTER)}>
                    {words.worklist.clearFilters}
                  </button>
                }
              />
            )}
          </div>
        </section>
        <SideCard line={line} onOpen={() => open(line)} />
      </main>
    </>
  )
}

/** Enter on a focused button presses that button and does not open the row. */
function isButton(): boolean {
  return document.activeElement instanceof HTMLButtonElement
}
