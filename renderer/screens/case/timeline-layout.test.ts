import { expect, test } from 'vitest'
import type { TimelineItem } from '#domain/case.ts'
import { lanes, ticks, timeScale } from './timeline-layout.ts'

const item = (id: string, start: string, change: Partial<TimelineItem> = {}): TimelineItem => ({
  id,
  kind: 'specimen',
  start,
  label: { ja: `検体 ${id}`, en: `Specimen ${id}` },
  ...change,
})
const items = [
  item('a', '2025-10-01'),
  item('b', '2025-10-05'),
  item('c', '2026-11-20'),
  item('d', '2026-02-01', { kind: 'therapy', end: '2026-02-20', response: 'PD' }),
]
const label = (it: TimelineItem) => it.label.ja

test('labels that would touch go to another lane, and one at the edge is turned inwards', () => {
  const placed = lanes(items, timeScale(items, 90, 800), 800, label)
  const of = (id: string) => placed.find(it => it.item.id === id)
  expect(of('a')?.lane).toBe(0)
  expect(of('b')?.lane).toBe(1)
  expect(of('c')?.side).toBe('before')
  expect(of('d')?.bar).toBeGreaterThan(6)
})

test('ticks are first days of months, few enough to read', () => {
  const scale = timeScale(items, 90, 800)
  const found = ticks(scale, 800)
  expect(found.length).toBeLessThanOrEqual(11)
  expect(found.every(it => it.iso.endsWith('-01'))).toBe(true)
})
