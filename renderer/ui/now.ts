import { useEffect, useState } from 'react'
import { useDesk } from '../desk.ts'

/** The time now, renewed every `everyMs` while the component is on screen. */
export function useNow(everyMs: number): Date {
  const { now } = useDesk()
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), everyMs)
    return () => clearInterval(timer)
  }, [now, everyMs])
  return at
}
