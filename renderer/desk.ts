import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { contract, type Hint } from '#domain/contract.ts'
import type { Backend } from './backend.ts'
import type { CacheDatabase } from './cache/database.ts'
import { NO_READ_MODEL, openReadModel, type ReadModel } from './cache/read-model.ts'
import { createSealer, fromBase64 } from './cache/seal.ts'
import { WORDS } from './i18n/words.ts'
import { createKeyboard } from './keyboard/keyboard.ts'
import { type CaseReview, createCaseReview } from './stores/case-review.ts'
import { createDrafts, type Drafts, draftsOf } from './stores/drafts.ts'
import { createPlace, type Place } from './stores/place.ts'
import { createSession, type Session } from './stores/session.ts'
import { createSettings, type Settings, type SettingsShelf } from './stores/settings.ts'
import { createSync, type Sync } from './stores/sync.ts'
import { createWorklist, type Worklist } from './stores/worklist.ts'

export interface DeskPorts {
  readonly backend: Backend
  readonly shelf: SettingsShelf
  /** Opens the read model's database; throws where IndexedDB is missing. */
  readonly database: () => CacheDatabase
  readonly crypto: Crypto
  readonly now: () => Date
}

/** Everything the screens share, put together once. */
export function createDesk({ backend, shelf, database, crypto, now }: DeskPorts) {
  const { call } = backend
  let model: ReadModel = NO_READ_MODEL
  const readModel = () => model
  const settings = createSettings(shelf)
  const session = createSession({ call, now: () => now().getTime() })
  const worklist = createWorklist({ call, readModel })
  const drafts = createDrafts({ readModel })
  const place = createPlace(caseId => draftsOf(drafts.getState().all, caseId).length)
  const review = createCaseReview({ call, readModel, onView: view => worklist.getState().learn(view) })
  const sync = createSync({ call, onRecorded: () => void worklist.getState().refresh() })
  const keyboard = createKeyboard({
    now: () => now().getTime(),
    singleKeys: () => settings.getState().singleKeys,
    blocked: () => Boolean(document.querySelector('[role="dialog"],[data-listens-alone]')),
  })

  const openModel = async (): Promise<ReadModel> => {
    try {
      const { key } = await call(contract.readModelKey, {})
      const sealer = await createSealer(fromBase64(key), crypto)
      return await openReadModel(database(), sealer, () => crypto.randomUUID())
    } catch {
      // The read model is a convenience: everything can be asked of the backend.
      return NO_READ_MODEL
    }
  }
  let opened = false
  const onSession = async () => {
    const open = session.getState().view?.state === 'open'
    if (open === opened) return
    opened = open
    if (open) {
      model = await openModel()
      if (!opened) return
      await drafts.getState().load()
      const { screen, caseId } = place.getState()
      await Promise.all([
        worklist.getState().load(),
        sync.getState().load(),
        screen === 'case' && caseId ? review.getState().open(caseId) : undefined,
      ])
    } else {
      review.getState().clear()
      worklist.getState().clear()
      sync.getState().clear()
      drafts.getState().clear()
      const held = model
      model = NO_READ_MODEL
      // Drafts stay, sealed under a key that only an unlocked vault gives out.
      await held.wipe(false)
    }
  }
  session.subscribe(() => void onSession())

  const onHint = (hint: Hint) => {
    if (hint.event === 'session') void session.getState().load()
    if (!opened) return
    if (hint.event === 'sync') void sync.getState().load()
    if (hint.event === 'cases') void worklist.getState().refresh()
    if (hint.event === 'case') {
      void worklist.getState().refresh()
      if (review.getState().caseId === hint.caseId) void review.getState().reload()
    }
  }
  const start = () => backend.events(onHint, live => session.getState().setLive(live))

  return { settings, session, worklist, drafts, place, review, sync, keyboard, call, now, start }
}

export type Desk = ReturnType<typeof createDesk>

const DeskContext = createContext<Desk | undefined>(undefined)
export const DeskProvider = DeskContext.Provider

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk outside DeskProvider')
  return desk
}

export const useSettings = <T>(select: (it: Settings) => T): T => useStore(useDesk().settings, select)
export const useSession = <T>(select: (it: Session) => T): T => useStore(useDesk().session, select)
export const useWorklist = <T>(select: (it: Worklist) => T): T => useStore(useDesk().worklist, select)
export const useDrafts = <T>(select: (it: Drafts) => T): T => useStore(useDesk().drafts, select)
export const usePlace = <T>(select: (it: Place) => T): T => useStore(useDesk().place, select)
export const useReview = <T>(select: (it: CaseReview) => T): T => useStore(useDesk().review, select)
export const useSync = <T>(select: (it: Sync) => T): T => useStore(useDesk().sync, select)

export function useLanguage() {
  return useSettings(it => it.language)
}

export function useWords() {
  return WORDS[useLanguage()]
}
