import { useMemo, useRef, useState } from 'react'
import type { CaseView } from '#domain/contract.ts'
import { useDesk, useDrafts, useReview, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { draftKey } from '../../stores/drafts.ts'
import { Splitter } from '../../ui/splitter.tsx'
import { ReadsPane } from '../reads/reads-pane.tsx'
import { FindingList } from './finding-list.tsx'
import { FindingPanel } from './finding-panel.tsx'
import { ListFoot } from './list-foot.tsx'
import { type FindingFilter, listModel, NO_FINDING_FILTER } from './list-model.ts'

/** A little less list on a small window, so that the decision keeps its room. */
const startWidth = () => (window.innerWidth < 1360 ? 400 : 440)
const startHeight = () => (window.innerHeight < 800 ? 244 : 360)

export function FindingsScreen({ view }: { readonly view: CaseView }) {
  const { findings: words } = useWords()
  const desk = useDesk()
  const { record } = view
  const chosen = useReview(it => it.chosen)
  const review = useReview(it => it.review)
  const drafts = useDrafts(it => it.all)
  const [filter, setFilter] = useState<FindingFilter>(NO_FINDING_FILTER)
  const [width, setWidth] = useState(startWidth)
  const [height, setHeight] = useState(startHeight)
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLElement>(null)
  const model = useMemo(
    () => listModel(record.findings, review, id => drafts.has(draftKey(record.id, id)), filter),
    [record, review, drafts, filter],
  )
  const { findings } = model
  const at = findings.findIndex(it => it.finding.id === chosen)
  const finding = record.findings.find(it => it.id === chosen) ?? findings[0]?.finding
  const here = Math.max(0, at)
  const choose = (id: string) => desk.review.getState().choose(id)
  const focusRow = () =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('.fr.sel')?.focus({ preventScroll: true }))
  const pick = (index: number) => {
    const next = findings[Math.max(0, Math.min(findings.length - 1, index))]
    if (!next) return
    choose(next.finding.id)
    focusRow()
  }
  const nextOpen = () => {
    const order = [...findings.slice(here + 1), ...findings.slice(0, here + 1)]
    const next = order.find(it => it.state === 'open' || it.state === 'pinned' || it.state === 'draft' || it.state === 'conflict')
    if (next) pick(findings.indexOf(next))
  }
  const level = (step: 1 | -1) => {
    const now = findings[here]?.finding.level
    const starts = findings
      .map((it, i) => ({ level: it.finding.level, i }))
      .filter((it, i) => i === 0 || it.level !== findings[i - 1]?.finding.level)
    const index = starts.findIndex(it => it.level === now)
    const next = starts[Math.max(0, Math.min(starts.length - 1, index + step))]
    if (next) pick(next.i)
  }
  useKeys([
    { keys: 'j', run: () => pick(here + 1) },
    { keys: 'k', run: () => pick(here - 1) },
    { keys: 'ArrowDown', run: () => pick(here + 1) },
    { keys: 'ArrowUp', run: () => pick(here - 1) },
    { keys: 'Home', run: () => pick(0) },
    { keys: 'End', run: () => pick(findings.length - 1) },
    { keys: 'n', run: nextOpen },
    { keys: ']', run: () => level(1) },
    { keys: '[', run: () => level(-1) },
    { keys: '/', run: () => search.current?.focus() },
    { keys: 'u', run: focusRow },
  ])
  return (
    <main className="p3" style={{ gridTemplateColumns: `${width}px 7px minmax(0,1fr)` }} data-testid="findings">
      <section className="l" ref={list} data-pane="list" aria-label={words.pane.list}>
        <FindingList
          model={model}
          record={record}
          filter={filter}
          narrow={part => setFilter(held => ({ ...held, ...part }))}
          chosen={finding?.id}
          onChoose={choose}
          searchRef={search}
          onLeaveSearch={focusRow}
        />
        <ListFoot findings={record.findings} review={review} />
      </section>
      <Splitter label={words.pane.list} axis="x" value={width} min={340} max={560} initial={startWidth()} onChange={setWidth} />
      <div className="right">
        {finding ? (
          <FindingPanel view={view} finding={finding} height={height} onHeight={setHeight} />
        ) : record.findings.length === 0 && record.files.some(it => it.role === 'reads') ? (
          // Reads can be looked at before anything has been called in them.
          <ReadsPane view={view} finding={undefined} />
        ) : (
          <p className="centre mut">{words.choose}</p>
        )}
      </div>
    </main>
  )
}
