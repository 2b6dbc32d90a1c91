import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { foldReview } from '#domain/review.ts'
import { aFinding, anAct, aRecord } from '#domain/testing.ts'
import { panelReport, type ReportInput } from './panel-report.ts'
import { createPdfRenderer } from './render-pdf.ts'

const face = join(process.cwd(), 'node_modules/@expo-google-fonts/biz-udpgothic')
const fonts = {
  normal: join(face, '400Regular/BIZUDPGothic_400Regular.ttf'),
  bold: join(face, '700Bold/BIZUDPGothic_700Bold.ttf'),
}
const acts = [
  anAct({
    type: 'finding.decided',
    findingId: 'f1',
    classifications: [{ scheme: 'AMP', value: 'II-C' }],
    level: 2,
    recommendation: { kind: 'drug', text: 'オシメルチニブを検討', evidenceLevel: 'C', access: 'trial' },
    return: 'return',
    dissents: [{ name: '乙川', text: '根拠が足りない' }],
    comment: '確認検査の後に',
  }),
]
const input = (over: Partial<ReportInput> = {}): ReportInput => ({
  record: aRecord({ findings: [aFinding(), aFinding({ id: 'f2', title: 'KRAS p.(Gly12Cys)' })] }),
  review: foldReview(acts),
  orders: [],
  language: 'ja',
  draft: true,
  at: '2026-11-22T06:00:00.000Z',
  by: '甲野 薫',
  manifestVersion: 3,
  acts: { recorded: 1, received: 0 },
  software: 'Panelbench 0.1.0',
  ...over,
})

function textOf(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  try {
    writeFileSync(join(folder, 'r.pdf'), pdf)
    return spawnSync('pdftotext', ['-layout', join(folder, 'r.pdf'), '-'], { encoding: 'utf8' }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the report says what was decided, by whom, on which data, and that confirmation is needed', async () => {
  const pdf = await createPdfRenderer(fonts)(panelReport(input()))
  const text = textOf(pdf)
  for (const part of [
    'エキスパートパネル報告書',
    'WGS-26-0001',
    '見本 太郎',
    'TP53 p.(Arg175His)',
    'AMP II-C',
    'オシメルチニブ',
    '乙川',
    '根拠が足りない',
    '架空データ',
    'GRCh38',
    'Panelbench 0.1.0',
    '確認検査が必要',
  ])
    expect(text).toContain(part)
  expect(text).toContain('未決')
  expect(text).toContain('chr17:7,675,088')
})

test('the same decisions at the same time give the same bytes, other decisions do not', async () => {
  const render = createPdfRenderer(fonts)
  const [a, b, c] = [
    await render(panelReport(input())),
    await render(panelReport(input())),
    await render(panelReport(input({ review: foldReview([]) }))),
  ]
  expect(Buffer.compare(Buffer.from(a), Buffer.from(b))).toBe(0)
  expect(Buffer.compare(Buffer.from(a), Buffer.from(c))).not.toBe(0)
})
