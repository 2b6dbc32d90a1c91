import { createTheme, type MantineColorsTuple, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useSyncExternalStore } from 'react'
import { useLanguage, useSession, useSettings } from './desk.ts'
import { SessionScreen } from './screens/session/session-screen.tsx'
import { Shell } from './screens/shell/shell.tsx'
import { ScreenGuard } from './ui/screen-guard.tsx'

const AI: MantineColorsTuple = [
  '#E9EDF8',
  '#D3DCF2',
  '#B4C2E6',
  '#8FA4DA',
  '#6B86CC',
  '#4A69BB',
  '#3856AA',
  '#27479B',
  '#1D377C',
  '#152A60',
]
// Mantine counts in rem of 16 px; our root is 13 px.
const theme = createTheme({
  scale: 16 / 13,
  colors: { ai: AI },
  primaryColor: 'ai',
  primaryShade: 7,
  fontFamily: 'var(--font)',
  defaultRadius: 6,
  cursorType: 'pointer',
})

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')
function useSystemDark(): boolean {
  return useSyncExternalStore(
    onChange => {
      darkQuery.addEventListener('change', onChange)
      return () => darkQuery.removeEventListener('change', onChange)
    },
    () => darkQuery.matches,
  )
}

export function App() {
  const language = useLanguage()
  const chosen = useSettings(it => it.theme)
  const scale = useSettings(it => it.scale)
  const systemDark = useSystemDark()
  const scheme = chosen === 'system' ? (systemDark ? 'dark' : 'light') : chosen
  const open = useSession(it => it.view?.state === 'open')
  useEffect(() => {
    const { dataset, style } = document.documentElement
    document.documentElement.lang = language
    dataset.theme = scheme
    style.setProperty('--scale', String(scale / 100))
  }, [language, scheme, scale])
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Notifications position="bottom-right" limit={3} autoClose={4000} />
      <ScreenGuard language={language} again={language === 'ja' ? '開き直す' : 'Open again'}>
        {open ? <Shell /> : <SessionScreen />}
      </ScreenGuard>
    </MantineProvider>
  )
}
