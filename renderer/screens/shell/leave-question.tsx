import { Modal } from '@mantine/core'
import { useDesk, useDrafts, usePlace, useWords } from '../../desk.ts'
import { draftsOf } from '../../stores/drafts.ts'

/** Leaving a case with an unrecorded decision asks; nothing is lost by default. */
export function LeaveQuestion() {
  const { decision } = useWords()
  const { place, drafts } = useDesk()
  const opened = usePlace(it => it.asked !== undefined)
  const caseId = usePlace(it => it.caseId)
  const count = useDrafts(it => (caseId ? draftsOf(it.all, caseId).length : 0))
  const answer = (leave: boolean) => place.getState().answer(leave)
  return (
    <Modal opened={opened} onClose={() => answer(false)} centered size={520} withCloseButton={false} title={decision.leaveTitle}>
      <div className="col g3" data-testid="leave-question">
        <p>{decision.leaveText(count)}</p>
        <div className="row wrap">
          <button type="button" className="btn p" data-autofocus onClick={() => answer(false)} data-testid="leave-stay">
            {decision.leaveStay}
          </button>
          <button type="button" className="btn" onClick={() => answer(true)} data-testid="leave-keep">
            {decision.leaveKeep}
          </button>
          <span className="sp" />
          <button
            type="button"
            className="btn d"
            onClick={() => {
              if (caseId) drafts.getState().dropCase(caseId)
              answer(true)
            }}
            data-testid="leave-discard"
          >
            {decision.leaveDiscard}
          </button>
        </div>
      </div>
    </Modal>
  )
}
