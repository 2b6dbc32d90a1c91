import { useDesk, useWords } from '../../desk.ts'

export interface Command {
  readonly id: string
  readonly label: string
  readonly caps: readonly string[]
  readonly run: () => void
}

export function useCommands(): readonly Command[] {
  const { palette } = useWords()
  const { place, session, settings, sync } = useDesk()
  const { go, show } = place.getState()
  const { set } = settings.getState()
  return [
    { id: 'cases', label: palette.goCases, caps: ['g', 'c'], run: () => go('cases') },
    { id: 'sync', label: palette.goSync, caps: ['g', 's'], run: () => go('sync') },
    { id: 'settings', label: palette.goSettings, caps: [], run: () => go('settings') },
    { id: 'run-sync', label: palette.runSync, caps: [], run: () => void sync.getState().run() },
    {
      id: 'theme',
      label: palette.theme,
      caps: [],
      run: () => set({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'language',
      label: palette.language,
      caps: [],
      run: () => set({ language: settings.getState().language === 'ja' ? 'en' : 'ja' }),
    },
    { id: 'keys', label: palette.keys, caps: ['?'], run: () => show('keys') },
    { id: 'lock', label: palette.lockNow, caps: ['Ctrl', 'L'], run: () => void session.getState().lock() },
  ]
}
