import type { ActPayload } from '#domain/act.ts'
import type { Words } from '../../i18n/words.ts'

/** An act in one line of words; the finding's name stands in its own column. */
export function actLine(payload: ActPayload, { vocabulary }: Words): string {
  const verb = vocabulary.act[payload.type]
  switch (payload.type) {
    case 'finding.decided':
      return `${verb}：${vocabulary.returns[payload.return]}・${payload.classifications.map(it => `${vocabulary.scheme[it.scheme]} ${it.value}`).join('・')}`
    case 'finding.dismissed':
      return `${verb}：${payload.reasons.map(it => vocabulary.reason[it]).join('・')}`
    case 'finding.pinned':
      return payload.pinned ? verb : vocabulary.unpinned
    case 'confirmation.ordered':
      return `${verb}：${vocabulary.method[payload.method]}・${payload.specimenId}`
    case 'confirmation.cancelled':
    case 'act.taken-back':
      return payload.reason ? `${verb}：${payload.reason}` : verb
    case 'comment.added':
      return `${verb}：${payload.text}`
    case 'report.issued':
      return `${verb}：${payload.language === 'ja' ? '日本語' : 'English'}`
    case 'conflict.resolved':
      return `${verb}：${payload.reason}`
  }
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 6)}…${hash.slice(-4)}`
}
