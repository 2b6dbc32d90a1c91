import { IconSearch } from '@tabler/icons-react'
import type { Ref } from 'react'
import { KeyCap } from './key-cap.tsx'

export function SearchBox({
  label,
  value,
  onChange,
  inputRef,
  cap,
  testId,
  onLeave,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly inputRef?: Ref<HTMLInputElement>
  readonly cap?: string
  readonly testId: string
  /** Enter or Escape: back to the list. */
  readonly onLeave?: () => void
}) {
  return (
    <div className="in search">
      <IconSearch size={14} stroke={1.6} aria-hidden="true" />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' && value) onChange('')
          else if (event.key === 'Escape' || event.key === 'Enter') {
            event.currentTarget.blur()
            onLeave?.()
          }
        }}
        data-testid={testId}
      />
      {cap && !value && <KeyCap keys={[cap]} />}
    </div>
  )
}
