import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type Ref, useState } from 'react'
import { useWords } from '../../desk.ts'

/** Paste and password managers work; nothing is remembered by the page. */
export function PassphraseField({
  label,
  value,
  onChange,
  onEnter,
  autoComplete,
  testId,
  disabled = false,
  inputRef,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onEnter: () => void
  readonly autoComplete: 'new-password' | 'current-password'
  readonly testId: string
  readonly disabled?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}) {
  const { session } = useWords()
  const [shown, setShown] = useState(false)
  return (
    <label className="col g1">
      <span className="sm b">{label}</span>
      <span className="in lg">
        <input
          ref={inputRef}
          type={shown ? 'text' : 'password'}
          value={value}
          disabled={disabled}
          autoComplete={autoComplete}
          spellCheck={false}
          maxLength={1024}
          onChange={event => onChange(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter()
          }}
          data-testid={testId}
        />
        <button
          type="button"
          className="btn q sm"
          aria-label={shown ? session.hide : session.show}
          onClick={() => setShown(!shown)}
        >
          {shown ? <IconEyeOff size={18} stroke={1.5} /> : <IconEye size={18} stroke={1.5} />}
        </button>
      </span>
    </label>
  )
}
