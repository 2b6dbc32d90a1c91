import { createStore } from 'zustand/vanilla'
import type { ActView } from '#domain/act.ts'
import { contract, type SyncView } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import { asProblem, type Call } from '../backend.ts'

export interface Sync {
  readonly view: SyncView | undefined
  readonly problem: Problem | undefined
  readonly busy: 'run' | 'network' | undefined
  load(): Promise<void>
  run(): Promise<void>
  cancel(caseId?: string): Promise<void>
  resume(caseId: string): Promise<void>
  setNetwork(on: boolean): Promise<void>
  resolve(caseId: string, resolves: readonly string[], keep: string, reason: string): Promise<ActView | undefined>
  clear(): void
}

export function createSync({ call, onRecorded }: { readonly call: Call; readonly onRecorded: () => void }) {
  return createStore<Sync>()((set, get) => {
    let asking = false
    let again = false
    const take = (view: SyncView) => set({ view, problem: undefined })
    const fail = (thrown: unknown) => set({ problem: asProblem(thrown) })
    const busy = async (what: Sync['busy'], work: () => Promise<SyncView>) => {
      if (get().busy) return
      set({ busy: what })
      await work().then(take, fail)
      set({ busy: undefined })
    }
    /** Progress hints come many times a second: one question at a time, and one more when hints arrived meanwhile. */
    const load = async (): Promise<void> => {
      if (asking) {
        again = true
        return
      }
      asking = true
      await call(contract.sync, {}).then(take, fail)
      asking = false
      if (again) {
        again = false
        await load()
      }
    }
    return {
      view: undefined,
      problem: undefined,
      busy: undefined,
      load,
      run: () => busy('run', () => call(contract.runSync, {})),
      cancel: caseId => call(contract.cancelSync, caseId ? { caseId } : {}).then(take, fail),
      resume: caseId => call(contract.resumeSync, { caseId }).then(take, fail),
      setNetwork: on => busy('network', () => call(contract.setNetwork, { on })),
      async resolve(caseId, resolves, keep, reason) {
        try {
          const view = await call(contract.case, { caseId })
          const act = await call(contract.recordAct, {
            caseId,
            base: view.head,
            manifestVersion: view.manifest.version,
            payload: { type: 'conflict.resolved', resolves: [...resolves], keep, reason },
          })
          onRecorded()
          await load()
          return act
        } catch (thrown) {
          fail(thrown)
          return undefined
        }
      },
      clear: () => set({ view: undefined, problem: undefined, busy: undefined }),
    }
  })
}
