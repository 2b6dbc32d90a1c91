import { Switch } from '@mantine/core'
import { useSession, useSettings, useWords } from '../../desk.ts'
import { Segments } from '../../ui/segments.tsx'
import { ProtectionNote } from '../session/protection-note.tsx'
import { TopEnd } from '../shell/top-end.tsx'

export function SettingsScreen() {
  const words = useWords()
  const { language, theme, scale, singleKeys, set } = useSettings(it => it)
  const view = useSession(it => it.view)
  const { settings } = words
  return (
    <>
      <div className="topw">
        <div className="top-bar">
          <h1>{settings.title}</h1>
          <span className="sp" />
          <TopEnd />
        </div>
      </div>
      <main className="scroll">
        <div className="settings" data-pane="settings">
          <section className="card">
            <div className="set-row">
              <b>{settings.language}</b>
              <Segments
                label={settings.language}
                value={language}
                options={[
                  { value: 'ja', label: '日本語', testId: 'language-ja' },
                  { value: 'en', label: 'English', testId: 'language-en' },
                ]}
                onChange={value => set({ language: value })}
              />
            </div>
            <div className="set-row">
              <b>{settings.theme}</b>
              <Segments
                label={settings.theme}
                value={theme}
                options={(['light', 'dark', 'system'] as const).map(value => ({
                  value,
                  label: settings[value],
                  testId: `theme-${value}`,
                }))}
                onChange={value => set({ theme: value })}
              />
            </div>
            <div className="set-row">
              <b>{settings.scale}</b>
              <Segments
                label={settings.scale}
                value={String(scale)}
                options={['90', '100', '110', '125', '150'].map(value => ({
                  value,
                  label: `${value} %`,
                  testId: `scale-${value}`,
                }))}
                onChange={value => set({ scale: Number(value) })}
              />
            </div>
            <div className="set-row">
              <div>
                <b>{settings.singleKeys}</b>
                <div className="sm mut">{settings.singleKeysNote}</div>
              </div>
              <Switch
                checked={singleKeys}
                onChange={event => set({ singleKeys: event.currentTarget.checked })}
                aria-label={settings.singleKeys}
                data-testid="single-keys"
              />
            </div>
          </section>
          {view && (
            <section className="card">
              <header>{settings.about}</header>
              <div className="bd col">
                <dl className="kv">
                  <dt>{settings.user}</dt>
                  <dd>{view.user && [view.user.name, view.user.role, view.user.hospital].join('・')}</dd>
                  <dt>{settings.device}</dt>
                  <dd>{view.device?.name ?? '—'}</dd>
                  <dt>{settings.centre}</dt>
                  <dd>
                    {view.centre.name} <span className="mut code">{view.centre.origin}</span>{' '}
                    {view.centre.simulated && <span className="tag yama">{words.app.simulated}</span>}
                  </dd>
                  <dt>{settings.protection}</dt>
                  <dd>
                    {settings.protectionKind[view.protection.kind]}{' '}
                    <span className="mut sm">
                      {view.protection.backend}・{view.protection.engine}
                    </span>
                  </dd>
                  <dt>{settings.shell}</dt>
                  <dd>{view.shell}</dd>
                  <dt>{settings.versions}</dt>
                  <dd className="sm sec code">
                    {Object.entries(view.versions)
                      .map(([name, version]) => `${name} ${version}`)
                      .join('・')}
                  </dd>
                </dl>
                <ProtectionNote />
              </div>
            </section>
          )}
        </div>
      </main>
    </>
  )
}
