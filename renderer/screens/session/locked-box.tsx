import { IconCheck, IconLock, IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSession, useWords } from '../../desk.ts'
import { CircleArt } from '../../ui/circle-art.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { useNow } from '../../ui/now.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import { ProtectionNote } from './protection-note.tsx'
import { SignInAgain } from './sign-in-waiting.tsx'

/** The locked screen: content is removed, not blurred. The delay after a wrong passphrase grows and is counted down. */
export function LockedBox({ foot }: { readonly foot: ReactNode }) {
  const { session } = useWords()
  const view = useSession(it => it.view)
  const busy = useSession(it => it.busy)
  const problem = useSession(it => it.problem)
  const takenAt = useSession(it => it.takenAt)
  const unlock = useSession(it => it.unlock)
  const [passphrase, setPassphrase] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const now = useNow(250)
  const left = Math.max(0, Math.ceil(((view?.unlock.retryAfterMs ?? 0) - (now.getTime() - takenAt)) / 1000))
  const waiting = left > 0
  useEffect(() => {
    if (!waiting && busy !== 'unlocking') field.current?.focus()
  }, [waiting, busy])
  const submit = () => {
    if (!passphrase || waiting || busy) return
    const typed = passphrase
    setPassphrase('')
    void unlock(typed)
  }
  return (
    <div className="locked" data-testid="locked">
      <CircleArt className="art" />
      <main className="box">
        <div className="row">
          <IconLock size={20} stroke={1.6} className="ai" aria-hidden="true" />
          <h2 className="big">{session.unlockTitle}</h2>
        </div>
        <p className="sec">{session.unlockLead}</p>
        {view?.user && (
          <div className="row g3">
            <span className="av big">{view.user.name.slice(0, 1)}</span>
            <span>
              <b>{view.user.name}</b>
              <br />
              <span className="mut sm">{[view.user.role, view.device?.name].filter(Boolean).join('・')}</span>
            </span>
          </div>
        )}
        <PassphraseField
          label={session.passphrase}
          value={passphrase}
          onChange={setPassphrase}
          onEnter={submit}
          autoComplete="current-password"
          testId="passphrase"
          disabled={waiting || busy === 'unlocking'}
          inputRef={field}
        />
        {problem && <ProblemNote problem={problem} />}
        {(view?.unlock.tries ?? 0) > 0 && (
          <div className="row sm shu" data-testid="unlock-tries">
            {session.tries(view?.unlock.tries ?? 0)}
            {waiting && (
              <b className="tnum" data-testid="unlock-wait" role="timer">
                {session.wait(left)}
              </b>
            )}
          </div>
        )}
        <button
          type="button"
          className="btn p lg"
          disabled={!passphrase || waiting || Boolean(busy)}
          onClick={submit}
          data-testid="unlock"
        >
          {busy === 'unlocking' ? (
            <>
              <span className="spin s" />
              {session.unlocking}
            </>
          ) : waiting ? (
            session.wait(left)
          ) : (
            <>
              {session.unlock} <KeyCap keys={['↵']} />
            </>
          )}
        </button>
        {(problem?.code === 'too-many-tries' || view?.signIn.state === 'waiting') && <SignInAgain />}
        <ProtectionNote />
        <div className="hr" />
        <div className="col g1 sm sec">
          <span className="row top">
            <IconCheck size={15} stroke={1.6} className="ic-top" aria-hidden="true" />
            {session.returns}
          </span>
          <span className="row top">
            <IconRefresh size={15} stroke={1.6} className="ic-top" aria-hidden="true" />
            {session.lockedSync}
          </span>
        </div>
        <div className="locked-foot">{foot}</div>
      </main>
    </div>
  )
}
