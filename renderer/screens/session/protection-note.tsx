import { IconShieldExclamation } from '@tabler/icons-react'
import { useSession, useWords } from '../../desk.ts'

/** Says which protection is missing on this machine; silent where nothing is. */
export function ProtectionNote() {
  const { session } = useWords()
  const kind = useSession(it => it.view?.protection.kind)
  if (kind !== 'passphrase-only') return null
  return (
    <div className="note yama" data-testid="protection-note">
      <IconShieldExclamation size={16} stroke={1.6} className="ic-top" aria-hidden="true" />
      <span>
        <b>{session.weaker}</b>
        <br />
        <span className="sm">{session.weakerNote}</span>
      </span>
    </div>
  )
}
