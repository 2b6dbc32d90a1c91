import { Modal } from '@mantine/core'
import { usePlace, useWords } from '../../desk.ts'
import { KEY_MAP } from '../../keyboard/key-map.ts'
import { KeyCap } from '../../ui/key-cap.tsx'

const GROUPS = ['move', 'decide', 'reads', 'anywhere'] as const

export function KeySheet() {
  const { keys, app } = useWords()
  const opened = usePlace(it => it.overlay === 'keys')
  const show = usePlace(it => it.show)
  return (
    <Modal
      opened={opened}
      onClose={() => show(undefined)}
      size={980}
      centered
      withCloseButton
      closeButtonProps={{ 'aria-label': app.close }}
      title={
        <>
          {keys.title} <span className="sm mut key-note">{keys.note}</span>
        </>
      }
    >
      <div className="key-sheet" data-testid="key-sheet">
        {GROUPS.map(group => (
          <section key={group}>
            <h4 className="sm mut">{keys.groups[group]}</h4>
            <dl>
              {KEY_MAP[group].map(({ caps, word }) => (
                <div key={word}>
                  <dt>
                    <KeyCap keys={caps} />
                  </dt>
                  <dd>{keys[word]}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
