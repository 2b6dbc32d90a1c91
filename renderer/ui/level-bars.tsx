import type { ReportLevel } from '#domain/report-level.ts'
import { useWords } from '../desk.ts'

/** Return level as three bars; its number is in the name and, where there is room, beside it. */
export function LevelBars({ level }: { readonly level: ReportLevel }) {
  const name = useWords().vocabulary.returnLevel(level)
  return (
    <span className="lv" role="img" aria-label={name} title={name}>
      {[1, 2, 3].map(n => (
        <i key={n} className={n <= level ? 'f' : ''} />
      ))}
    </span>
  )
}
