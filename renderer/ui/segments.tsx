import type { KeyboardEvent, ReactNode } from 'react'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: ReactNode
  readonly testId?: string
}

/** One of a few, all in view. Arrow keys move as in a radio group. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
  className = '',
}: {
  readonly label: string
  readonly value: T | undefined
  readonly options: readonly Segment<T>[]
  readonly onChange: (value: T) => void
  readonly className?: string
}) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const at = options.findIndex(it => it.value === value)
    const next = options[(at + step + options.length) % options.length]
    if (!next) return
    onChange(next.value)
    const buttons = event.currentTarget.querySelectorAll<HTMLButtonElement>('button')
    buttons[options.indexOf(next)]?.focus()
  }
  return (
    <div className={`seg ${className}`} role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((it, i) => (
        // biome-ignore lint/a11y/useSemanticElements: a segmented control is a radio group of buttons; native radios cannot hold badges.
        <button
          key={it.value}
          type="button"
          role="radio"
          aria-checked={it.value === value}
          tabIndex={it.value === value || (value === undefined && i === 0) ? 0 : -1}
          className={it.value === value ? 'on' : ''}
          onClick={() => onChange(it.value)}
          data-testid={it.testId}
        >
          {it.label}
        </button>
      ))}
    </div>
  )
}
