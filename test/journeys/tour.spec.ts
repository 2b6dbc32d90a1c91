import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { tour } from '../tour/tour.ts'

for (const shell of ['electron', 'loopback'] as const) {
  test(`a case comes in sealed, is read to the reads, decided offline, sent once, and reported (${shell})`, async () => {
    const folder = join(tmpdir(), `panelbench-tour-${process.pid}-${shell}`)
    const out = join(folder, 'out')
    const summary = await tour({ shell, out, work: join(folder, 'work') })
    expect(summary.casesSynced).toBe(3)
    expect(summary.findings).toBeGreaterThan(30)
    expect(summary.readsDrawn).toBeGreaterThan(1000)
    expect(summary.offlineSteps).toBeGreaterThanOrEqual(4)
    expect(summary.actsRecorded).toBeGreaterThanOrEqual(5)
    expect(summary.actsAppliedAtCentre).toBe(summary.actsRecorded)
    expect(summary.receipts).toBe(summary.actsRecorded)
    expect(summary.ordersAtCentre).toBe(1)
    expect(summary.fhirValid).toBe(true)
    expect(summary.outsideRequests).toBe(0)
    expect(existsSync(join(out, 'summary.json'))).toBe(true)
    expect(readdirSync(out).filter(name => name.endsWith('.png')).length).toBeGreaterThan(25)
    const text = spawnSync('pdftotext', ['-layout', join(out, 'report-ja.pdf'), '-'], { encoding: 'utf8' }).stdout
    for (const part of ['エキスパートパネル報告書', 'WGS-26-0101', 'EML4::ALK', '乙川', '確認された', 'GRCh38', 'Panelbench'])
      expect(text).toContain(part)
  })
}
