import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

/** A divider that moves by pointer and by arrow keys; double click resets. `value` is the size in px of the part before it. */
export function Splitter({
  label,
  axis,
  value,
  min,
  max,
  initial,
  onChange,
}: {
  readonly label: string
  readonly axis: 'x' | 'y'
  readonly value: number
  readonly min: number
  readonly max: number
  readonly initial: number
  readonly onChange: (value: number) => void
}) {
  const start = useRef<{ at: number; value: number } | undefined>(undefined)
  const clamp = (n: number) => Math.min(max, Math.max(min, Math.round(n)))
  const at = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY)
  const key = (event: KeyboardEvent) => {
    const less = axis === 'x' ? 'ArrowLeft' : 'ArrowUp'
    const more = axis === 'x' ? 'ArrowRight' : 'ArrowDown'
    if (event.key !== less && event.key !== more) return
    event.preventDefault()
    event.stopPropagation()
    onChange(clamp(value + (event.key === more ? 16 : -16)))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; the window-splitter pattern asks for this role.
    <div
      className={`splitter ${axis}`}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={key}
      onDoubleClick={() => onChange(initial)}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: at(event), value }
      }}
      onPointerMove={event => {
        if (start.current) onChange(clamp(start.current.value + at(event) - start.current.at))
      }}
      onPointerUp={() => {
        start.current = undefined
      }}
    />
  )
}
