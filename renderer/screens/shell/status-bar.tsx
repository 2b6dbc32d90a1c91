import { IconWifi, IconWifiOff } from '@tabler/icons-react'
import { useLanguage, usePlace, useReview, useSession, useSync, useWords, useWorklist } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'

function Connection() {
  const { sync } = useWords()
  const online = useSync(it => it.view?.online)
  const inSession = useSession(it => it.view?.online)
  const state = online ?? inSession ?? 'offline'
  const word = {
    online: sync.onlineShort,
    offline: sync.offlineShort,
    'sign-in-needed': sync.signInShort,
    'switched-off': sync.switchedShort,
  }[state]
  return (
    <span className={`row g1 b ${state === 'online' ? 'toki' : 'yama'}`} data-testid="connection" data-state={state}>
      {state === 'online' ? (
        <IconWifi size={14} stroke={1.7} aria-hidden="true" />
      ) : (
        <IconWifiOff size={14} stroke={1.7} aria-hidden="true" />
      )}
      {word}
    </span>
  )
}

export function StatusBar() {
  const words = useWords()
  const language = useLanguage()
  const show = usePlace(it => it.show)
  const inCase = usePlace(it => it.screen === 'case')
  const live = useSession(it => it.live)
  const centreSimulated = useSession(it => it.view?.centre.simulated ?? false)
  const outbox = useSync(it => it.view?.outbox)
  const lastSync = useSync(it => it.view?.lastSync)
  const record = useReview(it => it.view?.record)
  const anySimulated = useWorklist(it => [...it.summaries.values()].some(case_ => case_.simulated))
  const open = inCase ? record : undefined
  return (
    <footer className="stat">
      <Connection />
      <span className="nw">{lastSync ? words.status.last(stamp(lastSync, language)) : words.sync.never}</span>
      {!live && <span className="yama nw">{words.status.stream}</span>}
      <span className="vr" />
      <span className="row g1" data-testid="status-unsent">
        <ActMark state="recorded" />
        {words.sync.unsent(outbox?.waiting ?? 0)}
      </span>
      <span className="row g1 toki" data-testid="status-received">
        <ActMark state="accepted" />
        {words.sync.received(outbox?.accepted ?? 0)}
      </span>
      {(outbox?.conflict ?? 0) > 0 && (
        <span className="row g1 shu" data-testid="status-conflict">
          <ActMark state="conflict" />
          {words.sync.conflictCount(outbox?.conflict ?? 0)}
        </span>
      )}
      {(outbox?.refused ?? 0) > 0 && (
        <span className="row g1 shu" data-testid="status-refused">
          <ActMark state="refused" />
          {words.sync.refusedCount(outbox?.refused ?? 0)}
        </span>
      )}
      {open && (
        <>
          <span className="vr" />
          <span className="nw" data-testid="status-assembly">
            {words.status.assembly(open.assembly)}
          </span>
          {open.knowledge && <span className="nw fold">{words.status.knowledge(open.knowledge.date)}</span>}
        </>
      )}
      <span className="sp" />
      {(open ? open.simulated : anySimulated || centreSimulated) && (
        <span className="simulated nw" data-testid="simulated">
          {words.app.simulatedLong}
        </span>
      )}
      <button type="button" className="row g1" onClick={() => show('keys')} data-testid="keys-open">
        <KeyCap keys={['?']} />
        <span className="nw">{words.status.keys}</span>
      </button>
    </footer>
  )
}
