import { createStore } from 'zustand/vanilla'
import type { DecisionDraft } from '../cache/draft.ts'
import type { ReadModel } from '../cache/read-model.ts'

/** Begun and unrecorded decisions, by case and finding. Kept sealed; dropped only by recording or by a person. */
export interface Drafts {
  readonly all: ReadonlyMap<string, DecisionDraft>
  load(): Promise<void>
  put(draft: DecisionDraft): void
  drop(caseId: string, findingId: string): void
  dropCase(caseId: string): void
  clear(): void
}

export const draftKey = (caseId: string, findingId: string) => `${caseId}|${findingId}`

export function draftsOf(all: Drafts['all'], caseId: string): readonly DecisionDraft[] {
  return [...all.values()].filter(it => it.caseId === caseId)
}

export function createDrafts({ readModel }: { readonly readModel: () => ReadModel }) {
  return createStore<Drafts>()((set, get) => {
    const drop = (caseId: string, findingId: string) => {
      set(({ all }) => {
        const rest = new Map(all)
        rest.delete(draftKey(caseId, findingId))
        return { all: rest }
      })
      void readModel().dropDraft(caseId, findingId)
    }
    return {
      all: new Map(),
      async load() {
        const held = await readModel().drafts()
        set(({ all }) => ({ all: new Map([...held.map(it => [draftKey(it.caseId, it.findingId), it] as const), ...all]) }))
      },
      put(draft) {
        set(({ all }) => ({ all: new Map(all).set(draftKey(draft.caseId, draft.findingId), draft) }))
        void readModel().keepDraft(draft)
      },
      drop,
      dropCase(caseId) {
        for (const draft of draftsOf(get().all, caseId)) drop(caseId, draft.findingId)
      },
      clear: () => set({ all: new Map() }),
    }
  })
}
