import { createStore } from 'zustand/vanilla'
import type { Language } from '#domain/text.ts'

export type Theme = 'light' | 'dark' | 'system'

export interface Settings {
  readonly language: Language
  readonly theme: Theme
  /** Text scale in percent, 90 to 150. */
  readonly scale: number
  /** Whether single letters act (WCAG 2.1.4 asks for an off switch). */
  readonly singleKeys: boolean
  set(change: Partial<Pick<Settings, 'language' | 'theme' | 'scale' | 'singleKeys'>>): void
}

/** Where settings lie: they hold nothing about a patient. */
export interface SettingsShelf {
  read(): string | undefined
  write(text: string): void
}

const KEY = 'panelbench.settings'

/** localStorage that may be switched off or full. */
export function localShelf(storage: () => Storage): SettingsShelf {
  return {
    read() {
      try {
        return storage().getItem(KEY) ?? undefined
      } catch {
        return undefined
      }
    },
    write(text) {
      try {
        storage().setItem(KEY, text)
      } catch {
        // Settings then last until the window closes.
      }
    },
  }
}

function kept(shelf: SettingsShelf): Partial<Settings> {
  try {
    const held = JSON.parse(shelf.read() ?? '{}') as Partial<Record<keyof Settings, unknown>>
    return {
      ...(held.language === 'en' || held.language === 'ja' ? { language: held.language } : {}),
      ...(held.theme === 'light' || held.theme === 'dark' || held.theme === 'system' ? { theme: held.theme } : {}),
      ...(typeof held.scale === 'number' && held.scale >= 90 && held.scale <= 150 ? { scale: held.scale } : {}),
      ...(typeof held.singleKeys === 'boolean' ? { singleKeys: held.singleKeys } : {}),
    }
  } catch {
    return {}
  }
}

export function createSettings(shelf: SettingsShelf) {
  return createStore<Settings>()((set, get) => ({
    language: 'ja',
    theme: 'system',
    scale: 100,
    singleKeys: true,
    ...kept(shelf),
    set(change) {
      set(change)
      const { language, theme, scale, singleKeys } = get()
      shelf.write(JSON.stringify({ language, theme, scale, singleKeys }))
    },
  }))
}
