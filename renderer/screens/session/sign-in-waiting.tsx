import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession, useWords } from '../../desk.ts'
import { elapsed } from '../../i18n/format.ts'
import { useNow } from '../../ui/now.ts'

export function Elapsed({ since }: { readonly since: string }) {
  const now = useNow(1000)
  return <>{elapsed(now.getTime() - Date.parse(since))}</>
}

/** For a shell that could not open the provider's window: the address to open by hand. */
export function SignInUrl({ url }: { readonly url: string }) {
  const { session } = useWords()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => {},
    )
  return (
    <div className="note yama" data-testid="sign-in-url-note">
      <div className="grow col">
        <span>{session.openYourself}</span>
        <a className="mono sm wrap-any" href={url} target="_blank" rel="noopener noreferrer" data-testid="sign-in-url">
          {url}
        </a>
        <span>
          <button type="button" className="btn sm" onClick={copy}>
            <IconCopy size={14} stroke={1.6} aria-hidden="true" />
            {copied ? session.copied : session.copyUrl}
          </button>
        </span>
      </div>
    </div>
  )
}

/** Signing in again from another screen: a button, then the wait with its elapsed time. */
export function SignInAgain() {
  const { session, sync } = useWords()
  const state = useSession(it => it.view?.signIn)
  const busy = useSession(it => it.busy)
  const signIn = useSession(it => it.signIn)
  const cancel = useSession(it => it.cancelSignIn)
  if (state?.state !== 'waiting')
    return (
      <span>
        <button
          type="button"
          className="btn"
          disabled={busy === 'signing-in'}
          onClick={() => void signIn()}
          data-testid="sign-in-again"
        >
          {sync.signIn}
        </button>
      </span>
    )
  return (
    <div className="col" data-testid="sign-in-waiting">
      <div className="row">
        <span className="spin" />
        <span className="grow">{session.waiting}</span>
        {state.since && (
          <span className="sm sec tnum">
            <Elapsed since={state.since} />
          </span>
        )}
        <button type="button" className="btn sm" onClick={() => void cancel()} data-testid="sign-in-cancel">
          {session.cancelSignIn}
        </button>
      </div>
      {state.url && state.opened === false && <SignInUrl url={state.url} />}
    </div>
  )
}
