import { IconLock } from '@tabler/icons-react'
import { useWords } from '../desk.ts'

/** The area of secondary findings: the same size and words in every case, whatever lies behind it. It takes no data on purpose. */
export function SealedArea() {
  const { overview } = useWords()
  return (
    <div className="sealed sealed-area" role="img" aria-label={overview.sealedName} data-testid="sealed-area">
      <IconLock size={16} stroke={1.5} aria-hidden="true" />
      <span>
        <span className="sealed-line">{overview.sealedTitle}</span>
        <span className="sealed-line sm sec">{overview.sealedNote}</span>
      </span>
    </div>
  )
}
