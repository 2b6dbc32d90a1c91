import { lazy, Suspense } from 'react'
import { useDesk, usePlace, useSession, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { WorklistScreen } from '../worklist/worklist-screen.tsx'
import { KeySheet } from './key-sheet.tsx'
import { LeaveQuestion } from './leave-question.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { StatusBar } from './status-bar.tsx'

const CaseScreen = lazy(() => import('../case/case-screen.tsx').then(it => ({ default: it.CaseScreen })))
const SyncScreen = lazy(() => import('../sync/sync-screen.tsx').then(it => ({ default: it.SyncScreen })))
const SettingsScreen = lazy(() => import('../settings/settings-screen.tsx').then(it => ({ default: it.SettingsScreen })))

/** Moves the focus to the next part of the screen that calls itself a pane. */
function nextPane() {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')]
  const at = panes.findIndex(it => it.contains(document.activeElement))
  const next = panes[(at + 1) % panes.length]
  const inside = next?.querySelector<HTMLElement>('[data-pane-focus],[tabindex="0"],button,input')
  ;(inside ?? next)?.focus()
}

export function Shell() {
  const desk = useDesk()
  const words = useWords()
  const screen = usePlace(it => it.screen)
  const lock = useSession(it => it.lock)
  const { go, show } = desk.place.getState()
  useKeys([
    { keys: 'g c', run: () => go('cases') },
    { keys: 'g s', run: () => go('sync') },
    { keys: '?', run: () => show('keys') },
    { keys: 'Ctrl+k', run: () => show('palette'), inFields: true },
    { keys: 'Ctrl+l', run: () => void lock(), inFields: true },
    { keys: 'F6', run: nextPane, inFields: true },
  ])
  return (
    <div className="app">
      <Rail />
      <Suspense fallback={<main className="centre mut">{words.app.loading}</main>}>
        {screen === 'cases' && <WorklistScreen />}
        {screen === 'case' && <CaseScreen />}
        {screen === 'sync' && <SyncScreen />}
        {screen === 'settings' && <SettingsScreen />}
      </Suspense>
      <StatusBar />
      <KeySheet />
      <Palette />
      <LeaveQuestion />
    </div>
  )
}
