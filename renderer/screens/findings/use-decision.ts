import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Finding } from '#domain/finding.ts'
import type { DecisionDraft } from '../../cache/draft.ts'
import { useDesk, useDrafts, useReview, useWords } from '../../desk.ts'
import { draftKey } from '../../stores/drafts.ts'
import { decidedPayload, draftFrom } from './decision.ts'

/** The decision on one finding: its draft, and the verb that records it. A failed record keeps the draft. */
export function useDecision(caseId: string, finding: Finding) {
  const { decision: words } = useWords()
  const { drafts, review } = useDesk()
  const draft = useDrafts(it => it.all.get(draftKey(caseId, finding.id)))
  const decided = useReview(it => it.review.findings.get(finding.id)?.decision)
  const key = `decide:${finding.id}`
  const recording = useReview(it => it.recording.has(key))
  const [tried, setTried] = useState<string | undefined>(undefined)
  const working = draft ?? draftFrom(caseId, finding, decided)
  const change = (part: Partial<DecisionDraft>) => {
    // Read at the time of the change: two changes may fall between two renders.
    const now = drafts.getState().all.get(draftKey(caseId, finding.id)) ?? working
    drafts.getState().put({ ...now, ...part })
  }
  const record = async () => {
    const now = drafts.getState().all.get(draftKey(caseId, finding.id)) ?? working
    const payload = decidedPayload(now)
    if (!payload) {
      setTried(finding.id)
      drafts.getState().put(now)
      return
    }
    const act = await review.getState().record(key, payload)
    if (!act) return
    drafts.getState().drop(caseId, finding.id)
    setTried(undefined)
    notifications.show({ message: words.recorded, color: 'teal', withCloseButton: false })
  }
  return { draft, working, change, record, recording, tried: tried === finding.id, decided }
}
