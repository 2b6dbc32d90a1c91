import { createStore } from 'zustand/vanilla'
import { contract, type SessionView } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import { asProblem, type Call } from '../backend.ts'

export interface Session {
  readonly view: SessionView | undefined
  /** When `view` was taken, so that a delay it names can be counted down. */
  readonly takenAt: number
  readonly busy: 'signing-in' | 'setting' | 'unlocking' | 'locking' | undefined
  readonly problem: Problem | undefined
  /** Whether the stream of hints is up. */
  readonly live: boolean
  load(): Promise<void>
  signIn(): Promise<void>
  cancelSignIn(): Promise<void>
  setPassphrase(passphrase: string): Promise<void>
  unlock(passphrase: string): Promise<void>
  lock(): Promise<void>
  setLive(live: boolean): void
}

export function createSession({ call, now }: { readonly call: Call; readonly now: () => number }) {
  return createStore<Session>()((set, get) => {
    const take = (view: SessionView) => set({ view, takenAt: now() })
    /** A failed verb asks for the session again: the delay before the next try is in it. */
    const run = async (busy: Session['busy'], work: () => Promise<SessionView>) => {
      if (get().busy) return
      set({ busy, problem: undefined })
      try {
        take(await work())
      } catch (thrown) {
        set({ problem: asProblem(thrown) })
        await call(contract.session, {}).then(take, () => {})
      } finally {
        set({ busy: undefined })
      }
    }
    return {
      view: undefined,
      takenAt: 0,
      busy: undefined,
      problem: undefined,
      live: true,
      async load() {
        try {
          take(await call(contract.session, {}))
          if (get().problem?.code === 'backend-gone') set({ problem: undefined })
        } catch (thrown) {
          set({ problem: asProblem(thrown) })
        }
      },
      signIn: () => run('signing-in', () => call(contract.signIn, {})),
      cancelSignIn: async () => {
        await call(contract.cancelSignIn, {}).then(take, thrown => set({ problem: asProblem(thrown) }))
      },
      setPassphrase: passphrase => run('setting', () => call(contract.setPassphrase, { passphrase })),
      unlock: passphrase => run('unlocking', () => call(contract.unlock, { passphrase })),
      lock: () => run('locking', () => call(contract.lock, {})),
      setLive: live => set({ live }),
    }
  })
}
