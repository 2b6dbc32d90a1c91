import { createStore } from 'zustand/vanilla'
import type { ActPayload, ActView } from '#domain/act.ts'
import { type CaseView, contract } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import { foldReview, type Review } from '#domain/review.ts'
import { asProblem, type Call } from '../backend.ts'
import type { ReadModel } from '../cache/read-model.ts'

export interface CaseReview {
  readonly caseId: string | undefined
  /** `state` and `view` change together: one patient's strip can never stand over another's reads. */
  readonly state: 'none' | 'loading' | 'ready' | 'failed'
  readonly view: CaseView | undefined
  readonly review: Review
  readonly problem: Problem | undefined
  readonly chosen: string | undefined
  /** Key of what is being written now ("decide:<finding>", "pin:<finding>" …); only one at a time per key. */
  readonly recording: ReadonlySet<string>
  /** The last failure to record, by key; it stays until tried again or dismissed. */
  readonly failures: ReadonlyMap<string, Problem>
  open(caseId: string): Promise<void>
  reload(): Promise<void>
  choose(findingId: string | undefined): void
  /** Writes an act. Resolves to the recorded act, or undefined when it could not be recorded (see `failures`). */
  record(key: string, payload: ActPayload): Promise<ActView | undefined>
  issueReport(language: 'ja' | 'en'): Promise<string | undefined>
  forgetFailure(key: string): void
  clear(): void
}

export interface CaseReviewPorts {
  readonly call: Call
  readonly readModel: () => ReadModel
  readonly onView: (view: CaseView) => void
}

const NOTHING: Review = { findings: new Map(), comments: [], reports: [] }

export function createCaseReview({ call, readModel, onView }: CaseReviewPorts) {
  return createStore<CaseReview>()((set, get) => {
    const show = (fetched: CaseView) => {
      const before = get().view
      // The same record keeps its identity, so that an act does not move the reads or count them again.
      const same = before && JSON.stringify(before.record) === JSON.stringify(fetched.record)
      const view = same ? { ...fetched, record: before.record } : fetched
      const known = view.record.findings.some(it => it.id === get().chosen)
      set({ state: 'ready', view, review: foldReview(view.acts), problem: undefined, ...(known ? {} : { chosen: undefined }) })
    }
    const fetch = async (caseId: string) => {
      try {
        const view = await call(contract.case, { caseId })
        if (get().caseId !== caseId) return
        show(view)
        onView(view)
      } catch (thrown) {
        if (get().caseId !== caseId) return
        const problem = asProblem(thrown)
        // A withdrawn or locked case must not stay readable from memory.
        if (!get().view || problem.code === 'withdrawn' || problem.code === 'locked')
          set({ state: 'failed', view: undefined, problem })
        else set({ problem })
      }
    }
    const working = async <T>(key: string, work: () => Promise<T>): Promise<T | undefined> => {
      if (get().recording.has(key)) return undefined
      set(({ recording, failures }) => ({ recording: new Set([...recording, key]), failures: dropped(failures, key) }))
      try {
        return await work()
      } catch (thrown) {
        set(({ failures }) => ({ failures: new Map(failures).set(key, asProblem(thrown)) }))
        return undefined
      } finally {
        set(({ recording }) => ({ recording: new Set([...recording].filter(it => it !== key)) }))
      }
    }
    const add = (caseId: string, act: ActView) => {
      const { view } = get()
      if (!view || get().caseId !== caseId || view.acts.some(it => it.header.id === act.header.id)) return
      show({ ...view, acts: [...view.acts, act] })
    }
    return {
      caseId: undefined,
      state: 'none',
      view: undefined,
      review: NOTHING,
      problem: undefined,
      chosen: undefined,
      recording: new Set(),
      failures: new Map(),
      async open(caseId) {
        if (get().caseId === caseId && get().view) return fetch(caseId)
        set({
          caseId,
          state: 'loading',
          view: undefined,
          review: NOTHING,
          problem: undefined,
          chosen: undefined,
          failures: new Map(),
        })
        const held = await readModel().view(caseId)
        if (get().caseId !== caseId) return
        if (held) show(held)
        await fetch(caseId)
      },
      async reload() {
        const { caseId } = get()
        if (caseId) await fetch(caseId)
      },
      choose: chosen => set({ chosen }),
      async record(key, payload) {
        const { caseId, view } = get()
        if (!caseId || !view) return undefined
        const act = await working(key, () =>
          call(contract.recordAct, { caseId, base: view.head, manifestVersion: view.manifest.version, payload }),
        )
        if (act) {
          add(caseId, act)
          void fetch(caseId)
        }
        return act
      },
      async issueReport(language) {
        const { caseId } = get()
        if (!caseId) return undefined
        const issued = await working('report', () => call(contract.issueReport, { caseId, language }))
        if (issued) {
          add(caseId, issued.act)
          void fetch(caseId)
        }
        return issued?.sha256
      },
      forgetFailure: key => set(({ failures }) => ({ failures: dropped(failures, key) })),
      clear: () =>
        set({ state: 'none', view: undefined, review: NOTHING, problem: undefined, recording: new Set(), failures: new Map() }),
    }
  })
}

function dropped(map: ReadonlyMap<string, Problem>, key: string): ReadonlyMap<string, Problem> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
