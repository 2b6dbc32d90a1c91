import type { ActView } from '#domain/act.ts'
import { Problem } from '#domain/problems.ts'
import { foldReview } from '#domain/review.ts'
import { readWhole, writeAtomically } from '../journal/durable-fs.ts'
import { panelReport } from '../report/panel-report.ts'
import type { Desk } from './desk.ts'
import { sha256Hex } from './platform-crypto.ts'
import type { SessionRoom } from './session-room.ts'

const PURPOSE = 'report-pdf'

/** The report as it stands now, as a draft; or one that was issued, byte for byte, when its hash is given. */
export async function reportPdf(
  room: SessionRoom,
  desk: Desk,
  caseId: string,
  language: 'ja' | 'en',
  sha256?: string,
): Promise<Uint8Array> {
  if (sha256 === undefined) return render(room, desk, caseId, language, true, room.now().toISOString())
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Problem('bad-request')
  desk.cases.published(caseId)
  const sealed = await readWhole(room.fs, `${room.reportFolder}/${sha256}`)
  if (!sealed) throw new Problem('not-found')
  const pdf = room.vault.openForCase(caseId, sealed, PURPOSE)
  if (!pdf || sha256Hex(pdf) !== sha256) throw new Problem('file-damaged')
  return pdf
}

/** Makes the final report, keeps it sealed under the case key, and records its hash. The file comes first: a hash without its report proves nothing. */
export async function issueReport(
  room: SessionRoom,
  desk: Desk,
  caseId: string,
  language: 'ja' | 'en',
): Promise<{ act: ActView; sha256: string; bytes: number }> {
  const pdf = await render(room, desk, caseId, language, false, room.now().toISOString())
  const sha256 = sha256Hex(pdf)
  await room.fs.makeFolder(room.reportFolder)
  await writeAtomically(room.fs, room.reportFolder, sha256, await room.vault.sealForCase(caseId, pdf, PURPOSE))
  const { head, manifest } = await desk.cases.view(caseId)
  const line = await desk.record({
    caseId,
    base: head,
    manifestVersion: manifest.version,
    payload: { type: 'report.issued', kind: 'panel', language, sha256 },
  })
  return { act: await desk.view(line.entry.header.id), sha256, bytes: pdf.length }
}

async function render(
  room: SessionRoom,
  desk: Desk,
  caseId: string,
  language: 'ja' | 'en',
  draft: boolean,
  at: string,
): Promise<Uint8Array> {
  const { record, acts, orders, manifest } = await desk.cases.view(caseId)
  const document = panelReport({
    record,
    review: foldReview(acts),
    orders,
    language,
    draft,
    at,
    by: room.actor().name,
    manifestVersion: manifest.version,
    acts: { recorded: acts.length, received: acts.filter(act => act.state === 'accepted').length },
    software: room.software,
  })
  return room.renderPdf(document)
}
