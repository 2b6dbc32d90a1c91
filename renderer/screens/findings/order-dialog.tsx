import { Modal } from '@mantine/core'
import { useState } from 'react'
import type { ConfirmationMethod } from '#domain/act.ts'
import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { useDesk, useLanguage, useReview, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { methodsFor } from './decision.ts'

/** Both breakpoints where there are two: a laboratory designs its probe from them. */
function positionOf(finding: Finding): string {
  return finding.breakpoints && finding.breakpoints.length > 0
    ? finding.breakpoints.map(it => show(it.locus)).join(' / ')
    : show(finding.locus)
}

export function OrderDialog({
  finding,
  record,
  onClose,
}: {
  readonly finding: Finding
  readonly record: CaseRecord
  readonly onClose: () => void
}) {
  const words = useWords()
  const language = useLanguage()
  const { review } = useDesk()
  const { decision, vocabulary, app } = words
  const methods = methodsFor(finding)
  const [method, setMethod] = useState<ConfirmationMethod>(methods[0] ?? 'sanger')
  const side =
    method === 'matched-normal'
      ? ['normal']
      : method === 'rt-pcr'
        ? ['rna', 'tumour']
        : finding.origin === 'germline'
          ? ['normal']
          : ['tumour', 'proband']
  const fitting = record.specimens.find(it => side.includes(it.role)) ?? record.specimens[0]
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const specimenId = chosen ?? fitting?.id ?? ''
  const [reason, setReason] = useState(decision.orderReasonDefault)
  const key = `order:${finding.id}`
  const recording = useReview(it => it.recording.has(key))
  const failure = useReview(it => it.failures.get(key))
  const open = useReview(it => it.view?.orders)?.some(
    it => it.findingId === finding.id && it.method === method && it.state !== 'cancelled' && it.state !== 'rejected',
  )
  const position = positionOf(finding)
  const hgvs = [finding.hgvs?.c, finding.hgvs?.p].filter(Boolean).join(' ')
  const send = async () => {
    if (!specimenId || open) return
    const act = await review.getState().record(key, {
      type: 'confirmation.ordered',
      orderId: crypto.randomUUID(),
      findingId: finding.id,
      method,
      specimenId,
      reason: reason.trim(),
      target: { title: finding.title, ...(hgvs ? { hgvs } : {}), assembly: record.assembly, position, genes: [...finding.genes] },
    })
    if (act) onClose()
  }
  useKeys([{ keys: 'Ctrl+Enter', run: () => void send(), inFields: true }])
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size={560}
      title={decision.orderTitle}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <div className="col g3" data-testid="order-dialog">
        <dl className="kv">
          <dt>{decision.orderTarget}</dt>
          <dd>
            <FindingTitle finding={finding} />
            <div className="code sm sec">
              {hgvs} {position}（{record.assembly}）
            </div>
          </dd>
        </dl>
        <div>
          <span className="lab">
            {decision.orderMethod}　{decision.orderMethodHint}
          </span>
          <div className="row wrap method-row">
            {methods.map((it, i) => (
              <button
                key={it}
                type="button"
                className={`chip ${it === method ? 'on' : ''}`}
                aria-pressed={it === method}
                onClick={() => setMethod(it)}
                data-testid={`method-${it}`}
                {...(i === 0 ? { 'data-autofocus': true } : {})}
              >
                {vocabulary.method[it]}
              </button>
            ))}
          </div>
        </div>
        <label className="col g1">
          <span className="lab">{decision.orderSpecimen}</span>
          <select
            className="pick wide"
            value={specimenId}
            onChange={event => setChosen(event.currentTarget.value)}
            data-testid="order-specimen"
          >
            {record.specimens.map(it => (
              <option key={it.id} value={it.id}>
                {vocabulary.role[it.role]} {it.id} {it.material ? say(it.material, language) : ''}
              </option>
            ))}
          </select>
        </label>
        <label className="col g1">
          <span className="lab">{decision.orderReason}</span>
          <textarea
            className="field area"
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            data-testid="order-reason"
          />
        </label>
        {open && <div className="note yama sm">{decision.orderExists}</div>}
        {failure && <ProblemNote problem={failure} />}
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {app.cancel}
          </button>
          <button
            type="button"
            className="btn p"
            disabled={recording || open || !specimenId}
            onClick={() => void send()}
            data-testid="record-order"
          >
            {recording && <span className="spin s" />}
            {decision.record} <KeyCap keys={['Ctrl', '↵']} />
          </button>
        </div>
      </div>
    </Modal>
  )
}
