import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Ref } from 'react'
import { CASE_STAGES } from '#domain/case.ts'
import { useDesk, useWords, useWorklist } from '../../desk.ts'
import { NO_FILTER, type WorklistFilter } from '../../stores/worklist.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { fits, type Line } from './groups.ts'

function Choice<T extends string>({
  label,
  any,
  value,
  options,
  onChange,
  testId,
}: {
  readonly label: string
  readonly any: string
  readonly value: T | undefined
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T | undefined) => void
  readonly testId: string
}) {
  return (
    <Menu shadow="md" position="bottom-start" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={`chip ${value ? 'on' : ''}`} data-testid={testId}>
          {options.find(it => it.value === value)?.label ?? label}
          <IconChevronDown size={13} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange(undefined)}>{any}</Menu.Item>
        {options.map(it => (
          <Menu.Item key={it.value} onClick={() => onChange(it.value)} fw={it.value === value ? 600 : 400}>
            {it.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function Filters({
  lines,
  attention,
  searchRef,
  onLeave,
}: {
  readonly lines: readonly Line[]
  readonly attention: number
  readonly searchRef: Ref<HTMLInputElement>
  readonly onLeave: () => void
}) {
  const { worklist, stage } = useWords()
  const { now } = useDesk()
  const filter = useWorklist(it => it.filter)
  const narrow = useWorklist(it => it.narrow)
  const count = (which: WorklistFilter['which']) => lines.filter(it => fits(it, { ...NO_FILTER, which }, now())).length
  const quick = [
    ['all', worklist.filters.all, lines.length],
    ['attention', worklist.filters.attention, attention],
    ['week', worklist.filters.week, count('week')],
    ['unfinished', worklist.filters.mine, count('unfinished')],
  ] as const
  return (
    <div className="row wl-filters">
      {quick.map(([which, word, n]) => (
        <button
          key={which}
          type="button"
          className={`chip ${filter.which === which ? 'on' : ''}`}
          aria-pressed={filter.which === which}
          onClick={() => narrow({ which })}
          data-testid={`filter-${which}`}
        >
          {word} <span className="ct">{n}</span>
        </button>
      ))}
      <span className="bar" />
      <Choice
        label={worklist.filterStage}
        any={worklist.any}
        value={filter.stage as (typeof CASE_STAGES)[number] | undefined}
        options={CASE_STAGES.map(value => ({ value, label: stage[value] }))}
        onChange={value => narrow({ stage: value })}
        testId="filter-stage"
      />
      <Choice
        label={worklist.filterSystem}
        any={worklist.any}
        value={filter.system}
        options={(['A', 'B'] as const).map(value => ({ value, label: worklist.system(value) }))}
        onChange={value => narrow({ system: value })}
        testId="filter-system"
      />
      <Choice
        label={worklist.filterKind}
        any={worklist.any}
        value={filter.kind}
        options={(['cancer', 'rare-disease'] as const).map(value => ({ value, label: worklist.kind[value] }))}
        onChange={value => narrow({ kind: value })}
        testId="filter-kind"
      />
      <Choice
        label={worklist.filterOffline}
        any={worklist.any}
        value={filter.offline}
        options={(['complete', 'partial', 'absent'] as const).map(value => ({ value, label: worklist.offline[value] }))}
        onChange={value => narrow({ offline: value })}
        testId="filter-offline"
      />
      <SearchBox
        label={worklist.search}
        value={filter.text}
        onChange={text => narrow({ text })}
        inputRef={searchRef}
        cap="/"
        testId="worklist-search"
        onLeave={onLeave}
      />
    </div>
  )
}
