import { useEffect, useRef } from 'react'
import { useDesk } from '../desk.ts'
import type { KeyBinding } from './keyboard.ts'

/** Adds a layer of keys for as long as the component is on screen. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const { keyboard } = useDesk()
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => keyboard.add(() => latest.current), [keyboard])
}
