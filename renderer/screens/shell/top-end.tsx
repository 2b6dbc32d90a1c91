import { IconSearch } from '@tabler/icons-react'
import { usePlace, useSession, useWords } from '../../desk.ts'
import { KeyCap } from '../../ui/key-cap.tsx'

/** The right end of every top bar: the palette and who is signed in. */
export function TopEnd() {
  const { palette } = useWords()
  const show = usePlace(it => it.show)
  const user = useSession(it => it.view?.user)
  return (
    <>
      <button type="button" className="cmd" onClick={() => show('palette')} data-testid="palette-open">
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span className="sp ell">{palette.placeholder}</span>
        <KeyCap keys={['Ctrl', 'K']} />
      </button>
      {user && (
        <div className="user">
          <span className="av" aria-hidden="true">
            {user.name.slice(0, 1)}
          </span>
          <span className="ell">
            <b>{user.name}</b>
            <span className="mut user-role">　{user.role}</span>
          </span>
        </div>
      )}
    </>
  )
}
