// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid: a table cannot be drawn in parts.
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid: a table cannot be drawn in parts.
import { Menu } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useRef } from 'react'
import type { CaseRecord } from '#domain/case.ts'
import { FINDING_KINDS } from '#domain/finding.ts'
import { useWords } from '../../desk.ts'
import { LevelBars } from '../../ui/level-bars.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Segments } from '../../ui/segments.tsx'
import { FindingRow } from './finding-row.tsx'
import { type FindingFilter, type ListModel, NO_FINDING_FILTER, type Segment } from './list-model.ts'

const ROW = 30
const HEAD = 27
const SEGMENTS: readonly Segment[] = ['all', 'open', 'draft', 'pinned', 'settled']

function FilterMenu({
  filter,
  narrow,
}: {
  readonly filter: FindingFilter
  readonly narrow: (change: Partial<FindingFilter>) => void
}) {
  const { findings, vocabulary, worklist } = useWords()
  const on = Number(Boolean(filter.kind)) + Number(Boolean(filter.origin))
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }} closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={`btn ${on > 0 ? 'on' : ''}`} data-testid="finding-filter">
          <IconFilter size={14} stroke={1.6} aria-hidden="true" />
          {findings.filter} {on > 0 && on}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{findings.kindFilter}</Menu.Label>
        <Menu.Item onClick={() => narrow({ kind: undefined })} fw={filter.kind ? 400 : 600}>
          {worklist.any}
        </Menu.Item>
        {FINDING_KINDS.map(kind => (
          <Menu.Item key={kind} onClick={() => narrow({ kind })} fw={filter.kind === kind ? 600 : 400}>
            {vocabulary.kind[kind]}
          </Menu.Item>
        ))}
        <Menu.Label>{findings.originFilter}</Menu.Label>
        {([undefined, 'somatic', 'germline'] as const).map(origin => (
          <Menu.Item key={origin ?? 'any'} onClick={() => narrow({ origin })} fw={filter.origin === origin ? 600 : 400}>
            {origin ? vocabulary.origin[origin] : worklist.any}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function FindingList({
  model,
  record,
  filter,
  narrow,
  chosen,
  onChoose,
  searchRef,
  onLeaveSearch,
}: {
  readonly model: ListModel
  readonly record: CaseRecord
  readonly filter: FindingFilter
  readonly narrow: (change: Partial<FindingFilter>) => void
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
  readonly searchRef: Ref<HTMLInputElement>
  readonly onLeaveSearch: () => void
}) {
  const { findings, vocabulary, worklist } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { rows, counts } = model
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: i => (rows[i]?.kind === 'level' ? HEAD : ROW),
    overscan: 12,
  })
  const at = rows.findIndex(it => it.kind === 'finding' && it.finding.id === chosen)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  return (
    <>
      <div className="list-head">
        <div className="row">
          <SearchBox
            label={findings.search}
            value={filter.text}
            onChange={text => narrow({ text })}
            inputRef={searchRef}
            cap="/"
            testId="finding-search"
            onLeave={onLeaveSearch}
          />
          <FilterMenu filter={filter} narrow={narrow} />
        </div>
        <Segments
          className="fill"
          label={findings.filter}
          value={filter.segment}
          options={SEGMENTS.map(value => ({
            value,
            label: (
              <>
                {findings.segments[value]} <span className="mut">{counts[value]}</span>
              </>
            ),
            testId: `segment-${value}`,
          }))}
          onChange={segment => narrow({ segment })}
        />
      </div>
      <div className="fr hd" aria-hidden="true">
        <span />
        <span />
        <span className="c">{findings.header.class}</span>
        <span>{findings.header.change}</span>
        <span className="r">{findings.header.vaf}</span>
        <span className="c">{findings.header.jp}</span>
      </div>
      <div
        className="fl"
        ref={scroller}
        role="grid"
        aria-label={findings.pane.list}
        aria-rowcount={model.findings.length}
        data-testid="finding-list"
      >
        {rows.length === 0 && (
          <div className="pad col">
            <span className="mut">
              {counts.all === 0
                ? findings.noFindings
                : filter.segment === 'open' && counts.open === 0
                  ? findings.allDone(counts.all)
                  : findings.empty}
            </span>
            {counts.all === 0 ? (
              <span className="sm mut">{findings.noFindingsNote}</span>
            ) : (
              <span>
                <button type="button" className="btn sm" onClick={() => narrow(NO_FINDING_FILTER)}>
                  {worklist.clearFilters}
                </button>
              </span>
            )}
          </div>
        )}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(item => {
            const row = rows[item.index]
            return (
              row && (
                <div
                  key={item.key}
                  className="vrow"
                  role="presentation"
                  style={{ transform: `translateY(${item.start}px)`, height: item.size }}
                >
                  {row.kind === 'level' ? (
                    <div className="fg" role="row">
                      <LevelBars level={row.level} />
                      <b>{vocabulary.level(row.level)}</b>
                      <span className="mut">{vocabulary.levelNote[row.level - 1]}</span>
                      <span className="sp" />
                      <span className="mut">{row.count}</span>
                    </div>
                  ) : (
                    <FindingRow
                      row={row}
                      record={record}
                      chosen={row.finding.id === chosen}
                      onChoose={() => onChoose(row.finding.id)}
                    />
                  )}
                </div>
              )
            )
          })}
        </div>
      </div>
    </>
  )
}
