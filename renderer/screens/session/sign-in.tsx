import { IconCheck, IconCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SessionView } from '#domain/contract.ts'
import { useSession, useWords } from '../../desk.ts'
import { ProblemNote, useSentence } from '../../ui/problem-note.tsx'
import { Elapsed, SignInUrl } from './sign-in-waiting.tsx'

function Step({
  state,
  title,
  note,
  right,
}: {
  state: 'done' | 'now' | 'later'
  title: string
  note?: string
  right?: ReactNode
}) {
  return (
    <div className="st">
      {state === 'done' && <IconCheck className="toki" size={18} stroke={1.8} aria-hidden="true" />}
      {state === 'now' && <span className="spin" />}
      {state === 'later' && <IconCircle className="mut" size={18} stroke={1.5} aria-hidden="true" />}
      <div>
        <div>{title}</div>
        {note && <div className="sm mut">{note}</div>}
      </div>
      <span className="sm sec tnum">{right}</span>
    </div>
  )
}

export function SignIn({ view }: { readonly view: SessionView }) {
  const { session } = useWords()
  const say = useSentence()
  const busy = useSession(it => it.busy)
  const problem = useSession(it => it.problem)
  const signIn = useSession(it => it.signIn)
  const cancel = useSession(it => it.cancelSignIn)
  const { state, url, opened, since } = view.signIn
  const waiting = state === 'waiting'
  return (
    <>
      <h2>{session.signIn}</h2>
      <p className="sec">{session.signInLead}</p>
      <div>
        <Step
          state={view.device ? 'done' : 'later'}
          title={view.device ? session.deviceKnown : session.deviceNew}
          note={view.device ? `${view.device.name}・${session.keyKept(view.protection.backend)}` : session.deviceNewNote}
        />
        <Step
          state={view.online === 'offline' ? 'later' : 'done'}
          title={view.centre.name || session.centre}
          note={view.centre.simulated ? session.centreSimulated : view.centre.origin}
        />
        <Step
          state={waiting ? 'now' : 'later'}
          title={waiting ? session.waiting : session.browser}
          note={session.waitingNote}
          right={waiting && since ? <Elapsed since={since} /> : undefined}
        />
        <Step state="later" title={session.rights} />
      </div>
      {waiting && url && opened === false && <SignInUrl url={url} />}
      {state === 'failed' && view.signIn.problem && !problem && (
        <div className="note shu" role="alert" data-testid="sign-in-problem">
          {say(view.signIn.problem)}
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className="row wrap">
        <button
          type="button"
          className="btn p lg"
          disabled={busy === 'signing-in'}
          onClick={() => void signIn()}
          data-testid="sign-in"
          // biome-ignore lint/a11y/noAutofocus: the one thing to do on this screen.
          autoFocus
        >
          {waiting ? session.signInAgain : session.signInButton}
        </button>
        {waiting && (
          <button type="button" className="btn lg" onClick={() => void cancel()} data-testid="sign-in-cancel">
            {session.cancelSignIn}
          </button>
        )}
      </div>
    </>
  )
}
