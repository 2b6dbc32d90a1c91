import { useLanguage, useSession, useSettings, useWords } from '../../desk.ts'
import { CircleArt } from '../../ui/circle-art.tsx'
import { Mark } from '../../ui/mark.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { LockedBox } from './locked-box.tsx'
import { SetPassphrase } from './set-passphrase.tsx'
import { SignIn } from './sign-in.tsx'

function Foot() {
  const words = useWords()
  const language = useLanguage()
  const view = useSession(it => it.view)
  const set = useSettings(it => it.set)
  return (
    <div className="ft">
      <span className="ell">{[view?.user?.hospital, view?.device?.name].filter(Boolean).join('・')}</span>
      <span className="sp" />
      {view?.centre.simulated && <span className="nw">{words.app.simulated}</span>}
      {view?.versions.app && <span className="nw">{words.app.version(view.versions.app)}</span>}
      <button
        type="button"
        className="link nw"
        lang={language === 'ja' ? 'en' : 'ja'}
        onClick={() => set({ language: language === 'ja' ? 'en' : 'ja' })}
        data-testid="language-switch"
      >
        {language === 'ja' ? 'English' : '日本語'}
      </button>
    </div>
  )
}

/** Everything before the vault is open. Nothing of a case is in the tree here. */
export function SessionScreen() {
  const words = useWords()
  const view = useSession(it => it.view)
  const problem = useSession(it => it.problem)
  if (view?.state === 'locked') return <LockedBox foot={<Foot />} />
  return (
    <div className="session">
      <section className="lft">
        <CircleArt className="art" />
        <Mark />
        <h1>{words.app.name}</h1>
        <p>{view?.state === 'set-passphrase' ? words.app.offlineWork : words.app.purpose}</p>
        <p>{view?.state === 'set-passphrase' ? words.app.onceSent : words.app.anywhere}</p>
      </section>
      <main className="rgt">
        {!view && !problem && (
          <div className="row" data-testid="session-loading">
            <span className="spin" /> {words.session.noBackend}
          </div>
        )}
        {!view && problem && <ProblemNote problem={problem} />}
        {view?.state === 'sign-in' && <SignIn view={view} />}
        {view?.state === 'set-passphrase' && <SetPassphrase />}
        <Foot />
      </main>
    </div>
  )
}
