import { useEffect, useRef, useState } from 'react'
import type { READS_WORDS } from './reads-words.ts'

/** A gene, an old symbol or a position; searched on this machine only. */
export function GoTo({
  words,
  asking,
  onAsk,
  go,
}: {
  readonly words: (typeof READS_WORDS)['ja']
  readonly asking: boolean
  readonly onAsk: (asking: boolean) => void
  readonly go: (text: string) => Promise<boolean>
}) {
  const [text, setText] = useState('')
  const [missed, setMissed] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asking) field.current?.focus()
  }, [asking])
  const submit = async () => {
    const found = text.trim() !== '' && (await go(text))
    setMissed(!found)
    if (found) {
      setText('')
      onAsk(false)
      field.current?.blur()
    }
  }
  return (
    <input
      ref={field}
      className="go-to"
      value={text}
      placeholder={words.goTo}
      aria-label={words.goTo}
      aria-invalid={missed}
      title={missed ? words.notFound : undefined}
      onChange={event => {
        setText(event.target.value)
        setMissed(false)
      }}
      onKeyDown={event => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') void submit()
        if (event.key === 'Escape') {
          onAsk(false)
          field.current?.blur()
        }
      }}
      data-testid="go-to"
    />
  )
}
