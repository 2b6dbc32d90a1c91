/** One key of the map: "j", "g c" (one after the other), "Ctrl+Enter", "Shift+W" is written "W". */
export interface KeyBinding {
  readonly keys: string
  readonly run: () => void
  /** Works while a text field has focus; only for keys with Ctrl. */
  readonly inFields?: boolean
}

export interface Keyboard {
  /** Later layers win. Returns the function that takes the layer away. */
  add(layer: () => readonly KeyBinding[]): () => void
  handle(event: KeyboardEvent): void
}

/** Milliseconds within which the second key of a pair must follow. */
const PAIR_MS = 900

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : ''
  return `${control}${event.altKey ? 'Alt+' : ''}${control && key.length === 1 ? key.toLowerCase() : key}`
}

/**
 * Letters act on the focused row only, so they are off in text fields, while text is being composed, inside dialogs
 * (except layers the dialog adds itself) and when the person has switched single letters off.
 */
export function createKeyboard({
  now,
  singleKeys,
  blocked,
}: {
  readonly now: () => number
  readonly singleKeys: () => boolean
  readonly blocked: () => boolean
}): Keyboard {
  const layers: (() => readonly KeyBinding[])[] = []
  let first: { key: string; at: number } | undefined
  const find = (keys: string) => {
    for (let i = layers.length - 1; i >= 0; i--) {
      const hit = layers[i]?.().find(it => it.keys === keys)
      if (hit) return hit
    }
    return undefined
  }
  const startsPair = (key: string) => layers.some(layer => layer().some(it => it.keys.startsWith(`${key} `)))
  return {
    add(layer) {
      layers.push(layer)
      return () => {
        const i = layers.indexOf(layer)
        if (i >= 0) layers.splice(i, 1)
      }
    },
    handle(event) {
      if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.repeat === undefined) return
      const name = nameOf(event)
      if (name === 'Control' || name === 'Shift' || name === 'Alt' || name === 'Meta') return
      const control = name.startsWith('Ctrl+') || /^F\d+$/.test(name)
      const inField = isTextField(event.target)
      if (!control && name !== 'Escape' && (inField || blocked() || (!singleKeys() && name.length === 1))) return
      const pair = first && now() - first.at < PAIR_MS ? find(`${first.key} ${name}`) : undefined
      first = undefined
      const hit = pair ?? find(name)
      if (!pair && !control && startsPair(name)) first = { key: name, at: now() }
      if (!hit || (inField && control && !hit.inFields && !/^F\d+$/.test(name))) return
      if (control && blocked() && !hit.inFields) return
      event.preventDefault()
      hit.run()
    },
  }
}
