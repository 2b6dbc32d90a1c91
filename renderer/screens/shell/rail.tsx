import { IconBriefcase, IconLock, IconRefresh, IconSettings } from '@tabler/icons-react'
import { usePlace, useSession, useSync, useWords } from '../../desk.ts'
import { Mark } from '../../ui/mark.tsx'

export function Rail() {
  const { rail } = useWords()
  const screen = usePlace(it => it.screen)
  const go = usePlace(it => it.go)
  const lock = useSession(it => it.lock)
  const conflicts = useSync(it => it.view?.outbox.conflict ?? 0)
  const inCases = screen === 'cases' || screen === 'case'
  return (
    <nav className="rail" aria-label={rail.label}>
      <Mark />
      <button
        type="button"
        className={inCases ? 'on' : ''}
        aria-current={inCases ? 'page' : undefined}
        onClick={() => go('cases')}
        data-testid="rail-cases"
      >
        <IconBriefcase size={20} stroke={1.5} aria-hidden="true" />
        <span>{rail.cases}</span>
      </button>
      <button
        type="button"
        className={screen === 'sync' ? 'on' : ''}
        aria-current={screen === 'sync' ? 'page' : undefined}
        onClick={() => go('sync')}
        data-testid="rail-sync"
      >
        <IconRefresh size={20} stroke={1.5} aria-hidden="true" />
        <span>{rail.sync}</span>
        {conflicts > 0 && (
          <span className="n" role="img" aria-label={rail.conflicts(conflicts)}>
            {conflicts}
          </span>
        )}
      </button>
      <span className="sp" />
      <button type="button" onClick={() => void lock()} data-testid="lock">
        <IconLock size={20} stroke={1.5} aria-hidden="true" />
        <span>{rail.lock}</span>
      </button>
      <button
        type="button"
        className={screen === 'settings' ? 'on' : ''}
        aria-current={screen === 'settings' ? 'page' : undefined}
        onClick={() => go('settings')}
        data-testid="rail-settings"
      >
        <IconSettings size={20} stroke={1.5} aria-hidden="true" />
        <span>{rail.settings}</span>
      </button>
    </nav>
  )
}
