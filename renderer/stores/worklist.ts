import { createStore } from 'zustand/vanilla'
import { type CaseEntry, type CaseView, contract } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import { asProblem, type Call } from '../backend.ts'
import type { ReadModel } from '../cache/read-model.ts'
import { type CaseSummary, summarise } from '../cache/summary.ts'

export interface WorklistFilter {
  readonly which: 'attention' | 'week' | 'unfinished' | 'all'
  readonly text: string
  readonly system: 'A' | 'B' | undefined
  readonly kind: 'cancer' | 'rare-disease' | undefined
  readonly stage: string | undefined
  readonly offline: 'absent' | 'partial' | 'complete' | undefined
}

export const NO_FILTER: WorklistFilter = {
  which: 'all',
  text: '',
  system: undefined,
  kind: undefined,
  stage: undefined,
  offline: undefined,
}

export interface Worklist {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly entries: readonly CaseEntry[]
  readonly summaries: ReadonlyMap<string, CaseSummary>
  /** Problem of one case, by id: its row says so, the others stay usable. */
  readonly problems: ReadonlyMap<string, Problem>
  readonly problem: Problem | undefined
  readonly chosen: string | undefined
  readonly filter: WorklistFilter
  /** Shows what the read model holds, then what the backend says, then fetches what changed. */
  load(): Promise<void>
  refresh(): Promise<void>
  choose(caseId: string | undefined): void
  narrow(change: Partial<WorklistFilter>): void
  /** Takes in a case that another screen has just read. */
  learn(view: CaseView): void
  clear(): void
}

export function createWorklist({ call, readModel }: { readonly call: Call; readonly readModel: () => ReadModel }) {
  return createStore<Worklist>()((set, get) => {
    let round = 0
    const learn = (view: CaseView) => {
      const summary = summarise(view)
      set(({ summaries }) => ({ summaries: new Map(summaries).set(summary.id, summary) }))
      void readModel().keep(view, summary)
    }
    const fetchChanged = async (mine: number) => {
      for (const entry of get().entries) {
        if (mine !== round) return
        if (entry.withdrawn || entry.version === 0) {
          if (entry.withdrawn) void readModel().forget(entry.id)
          continue
        }
        if (get().summaries.get(entry.id)?.revision === entry.revision) continue
        try {
          const view = await call(contract.case, { caseId: entry.id })
          if (mine !== round) return
          learn(view)
          set(({ problems }) => ({ problems: without(problems, entry.id) }))
        } catch (thrown) {
          if (mine !== round) return
          set(({ problems }) => ({ problems: new Map(problems).set(entry.id, asProblem(thrown)) }))
        }
      }
    }
    const refresh = async () => {
      const mine = ++round
      try {
        const { cases } = await call(contract.cases, {})
        if (mine !== round) return
        const gone = new Set(cases.filter(it => it.withdrawn).map(it => it.id))
        const here = new Set(cases.map(it => it.id))
        set(({ summaries, chosen }) => ({
          state: 'ready',
          entries: cases,
          problem: undefined,
          summaries: new Map([...summaries].filter(([id]) => here.has(id) && !gone.has(id))),
          chosen: chosen && here.has(chosen) ? chosen : undefined,
        }))
        await fetchChanged(mine)
      } catch (thrown) {
        if (mine === round) set(({ entries }) => ({ state: entries.length > 0 ? 'ready' : 'failed', problem: asProblem(thrown) }))
      }
    }
    return {
      state: 'loading',
      entries: [],
      summaries: new Map(),
      problems: new Map(),
      problem: undefined,
      chosen: undefined,
      filter: NO_FILTER,
      async load() {
        const held = await readModel().summaries()
        set(({ summaries }) => ({ summaries: new Map([...held.map(it => [it.id, it] as const), ...summaries]) }))
        await refresh()
      },
      refresh,
      choose: chosen => set({ chosen }),
      narrow: change => set(({ filter }) => ({ filter: { ...filter, ...change } })),
      learn,
      clear() {
        round++
        set({ state: 'loading', entries: [], summaries: new Map(), problems: new Map(), problem: undefined })
      },
    }
  })
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
