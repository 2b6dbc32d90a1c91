import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconBriefcase, IconDna2, IconLock, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useDesk, useLanguage, usePlace, useWords, useWorklist } from '../../desk.ts'
import { ageSexShort, say } from '../../i18n/format.ts'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { useCommands } from './use-commands.ts'

const [paletteStore, palette] = createSpotlight()

function Hit({
  icon,
  onClick,
  children,
  caps = [],
}: {
  icon: ReactNode
  onClick: () => void
  children: ReactNode
  caps?: readonly string[]
}) {
  return (
    <Spotlight.Action onClick={onClick}>
      <span className="row grow">
        <span className="sec">{icon}</span>
        <span className="ell grow">{children}</span>
        <KeyCap keys={caps} />
      </span>
    </Spotlight.Action>
  )
}

/** Cases, findings and commands, from what lies on this device only. */
export function Palette() {
  const words = useWords()
  const language = useLanguage()
  const desk = useDesk()
  const opened = usePlace(it => it.overlay === 'palette')
  const summaries = useWorklist(it => it.summaries)
  const commands = useCommands()
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (opened) palette.open()
    else palette.close()
  }, [opened])
  const typed = query.trim().toLowerCase()
  const hit = (...texts: (string | undefined)[]) => typed === '' || texts.some(it => it?.toLowerCase().includes(typed))
  const cases = [...summaries.values()]
    .filter(it => hit(it.label, it.patient.name, it.patient.kana, it.diagnosis.ja, it.diagnosis.en))
    .slice(0, 6)
  const findings = typed
    ? [...summaries.values()]
        .flatMap(it => it.index.filter(finding => hit(finding.title, ...finding.genes)).map(finding => ({ it, finding })))
        .slice(0, 8)
    : []
  const chosen = commands.filter(it => hit(it.label))
  const close = () => desk.place.getState().show(undefined)
  const openCase = (caseId: string, findingId?: string) => {
    close()
    desk.place.getState().openCase(caseId, findingId ? 'findings' : 'overview')
    if (findingId)
      void desk.review
        .getState()
        .open(caseId)
        .then(() => desk.review.getState().choose(findingId))
  }
  return (
    <Spotlight.Root
      store={paletteStore}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      clearQueryOnClose
      size={640}
      yOffset={110}
      scrollable
      maxHeight={440}
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search
        placeholder={words.palette.placeholder}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        rightSectionWidth={250}
        rightSection={<span className="sm mut nw">{words.palette.sealed}</span>}
        data-testid="palette-input"
      />
      <Spotlight.ActionsList>
        {findings.length > 0 && (
          <Spotlight.ActionsGroup label={words.palette.findings}>
            {findings.map(({ it, finding }) => (
              <Hit
                key={`${it.id}|${finding.findingId}`}
                icon={<IconDna2 size={16} stroke={1.6} />}
                onClick={() => openCase(it.id, finding.findingId)}
              >
                <FindingTitle finding={finding} />{' '}
                <span className="mut sm">
                  　{it.label} {it.patient.name}
                </span>
              </Hit>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {cases.length > 0 && (
          <Spotlight.ActionsGroup label={words.palette.cases}>
            {cases.map(it => (
              <Hit key={it.id} icon={<IconBriefcase size={16} stroke={1.6} />} onClick={() => openCase(it.id)}>
                <b className="code">{it.label}</b>　{it.patient.name}{' '}
                <span className="mut sm">
                  {ageSexShort(it.patient, desk.now(), language)}　{say(it.diagnosis, language)}
                </span>
              </Hit>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {chosen.length > 0 && (
          <Spotlight.ActionsGroup label={words.palette.commands}>
            {chosen.map(it => (
              <Hit
                key={it.id}
                icon={it.id === 'lock' ? <IconLock size={16} stroke={1.6} /> : <IconArrowRight size={16} stroke={1.6} />}
                onClick={() => {
                  close()
                  it.run()
                }}
                caps={it.caps}
              >
                {it.label}
              </Hit>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {cases.length + findings.length + chosen.length === 0 && <Spotlight.Empty>{words.palette.nothing}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      <Spotlight.Footer>
        <span className="row sm mut">
          <KeyCap keys={['↑', '↓']} /> {words.palette.pick}　<KeyCap keys={['Enter']} /> {words.palette.execute}　
          <KeyCap keys={['Esc']} /> {words.app.close}
          <span className="sp" />
          {words.palette.scope}
        </span>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}
