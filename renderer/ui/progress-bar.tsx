/** A share of something, 0 to 1. Yellow while it is not enough to work with. */
export function ProgressBar({
  share,
  label,
  short = false,
  width,
}: {
  readonly share: number
  readonly label: string
  readonly short?: boolean
  readonly width?: number
}) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <span
      className="prog"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      style={width ? { width } : {}}
    >
      <i className={short ? 'y' : ''} style={{ width: `${percent}%` }} />
    </span>
  )
}
