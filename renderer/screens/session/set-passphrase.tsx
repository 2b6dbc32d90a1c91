import { IconCheck, IconCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession, useWords } from '../../desk.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PassphraseField } from './passphrase-field.tsx'
import { PASSPHRASE_MIN, passphraseStrength } from './passphrase-strength.ts'
import { ProtectionNote } from './protection-note.tsx'

function Rule({ met, text }: { readonly met: boolean; readonly text: string }) {
  return (
    <li className={`row ${met ? 'toki' : 'mut'}`}>
      {met ? <IconCheck size={15} stroke={2} aria-hidden="true" /> : <IconCircle size={15} stroke={1.5} aria-hidden="true" />}
      <span>{text}</span>
    </li>
  )
}

export function SetPassphrase() {
  const { session } = useWords()
  const busy = useSession(it => it.busy)
  const problem = useSession(it => it.problem)
  const user = useSession(it => it.view?.user)
  const set = useSession(it => it.setPassphrase)
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const length = [...first].length
  const strength = passphraseStrength(first)
  const ready = length >= PASSPHRASE_MIN && first === second && !busy
  const submit = () => {
    if (ready) void set(first)
  }
  return (
    <>
      <h2>{session.setTitle}</h2>
      <p className="sec">{session.setLead}</p>
      {user && (
        <div className="row">
          <span className="av">{user.name.slice(0, 1)}</span>
          <b>{user.name}</b>
          <span className="mut sm">{user.role}</span>
        </div>
      )}
      <PassphraseField
        label={session.passphrase}
        value={first}
        onChange={setFirst}
        onEnter={submit}
        autoComplete="new-password"
        testId="passphrase"
      />
      <div className="col g1">
        <div className="row between sm">
          <span className="mut">{session.strength}</span>
          <span className="sec" data-testid="passphrase-strength">
            {first ? session.strengthNames[strength] : ''}
          </span>
        </div>
        <div className={`meter s${strength}`} aria-hidden="true">
          {[1, 2, 3, 4].map(n => (
            <i key={n} className={n <= strength ? 'on' : ''} />
          ))}
        </div>
        <p className="sm mut">{session.strengthHint}</p>
      </div>
      <PassphraseField
        label={session.again}
        value={second}
        onChange={setSecond}
        onEnter={submit}
        autoComplete="new-password"
        testId="passphrase-again"
      />
      <ul className="plain col g1">
        <Rule met={length >= PASSPHRASE_MIN} text={session.ruleLength(length)} />
        <Rule met={first !== '' && first === second} text={session.ruleSame} />
      </ul>
      <ProtectionNote />
      {problem && <ProblemNote problem={problem} />}
      <div className="row">
        <button type="button" className="btn p lg" disabled={!ready} onClick={submit} data-testid="set-passphrase">
          {busy === 'setting' && <span className="spin s" />}
          {session.setButton}
        </button>
      </div>
    </>
  )
}
