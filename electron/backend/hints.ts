import type { Hint } from '#domain/contract.ts'

export interface Hints {
  tell(hint: Hint): void
  subscribe(listener: (hint: Hint) => void): () => void
}

/** Tells every open page what to ask for again. Equal hints within one turn of the loop go out once. */
export function createHints(): Hints {
  const listeners = new Set<(hint: Hint) => void>()
  const pending = new Map<string, Hint>()
  return {
    tell(hint) {
      if (pending.size === 0) {
        setTimeout(() => {
          const batch = [...pending.values()]
          pending.clear()
          for (const each of batch) for (const listener of listeners) listener(each)
        }, 30)
      }
      pending.set(JSON.stringify(hint), hint)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
