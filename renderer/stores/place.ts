import { createStore } from 'zustand/vanilla'

export const CASE_TABS = ['overview', 'findings', 'structural', 'trials', 'report', 'records'] as const
export type CaseTab = (typeof CASE_TABS)[number]

/** Where the person is. It lives in memory only, never in the address: an address ends up in histories and titles. */
export interface Place {
  readonly screen: 'cases' | 'case' | 'sync' | 'settings'
  readonly caseId: string | undefined
  readonly tab: CaseTab
  /** A move that waits for an answer about unrecorded drafts. */
  readonly asked: (() => void) | undefined
  readonly overlay: 'keys' | 'palette' | undefined
  go(screen: 'cases' | 'sync' | 'settings'): void
  openCase(caseId: string, tab?: CaseTab): void
  showTab(tab: CaseTab): void
  show(overlay: Place['overlay']): void
  /** Answers the question about drafts. */
  answer(leave: boolean): void
  /** Runs `move` now, or after the person has answered about the drafts of the case being left. */
  leave(move: () => void): void
}

/** `drafts` tells how many unrecorded decisions the case holds. */
export function createPlace(drafts: (caseId: string) => number) {
  return createStore<Place>()((set, get) => {
    const leave = (move: () => void) => {
      const { caseId, screen } = get()
      if (screen === 'case' && caseId && drafts(caseId) > 0) set({ asked: move })
      else move()
    }
    return {
      screen: 'cases',
      caseId: undefined,
      tab: 'overview',
      asked: undefined,
      overlay: undefined,
      leave,
      go: screen => {
        if (get().screen !== screen) leave(() => set({ screen, overlay: undefined }))
      },
      openCase(caseId, tab) {
        const now = get()
        if (now.caseId === caseId && now.screen === 'case') set({ tab: tab ?? now.tab })
        else leave(() => set({ screen: 'case', caseId, tab: tab ?? 'overview', overlay: undefined }))
      },
      showTab: tab => set({ tab }),
      show: overlay => set({ overlay }),
      answer(go) {
        const { asked } = get()
        set({ asked: undefined })
        if (go) asked?.()
      },
    }
  })
}
