// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { createDesk, DeskProvider } from '../desk.ts'
import { ActMark } from './act-mark.tsx'
import { EvidenceBadge } from './evidence-badge.tsx'
import { LevelBars } from './level-bars.tsx'
import { SealedArea } from './sealed-area.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

const aDesk = (language: 'ja' | 'en' = 'ja') =>
  createDesk({
    backend: { call: () => Promise.reject(new Error('no backend in this test')), events: () => () => {} },
    shelf: { read: () => JSON.stringify({ language }), write: () => {} },
    database: () => {
      throw new Error('no database in this test')
    },
    crypto,
    now: () => new Date('2026-11-24T05:31:00Z'),
  })

async function drawn(node: React.ReactNode, language: 'ja' | 'en' = 'ja') {
  const box = document.createElement('div')
  const root = createRoot(box)
  await act(async () => root.render(<DeskProvider value={aDesk(language)}>{node}</DeskProvider>))
  return { box, root }
}

test('a badge carries its letter, its scheme in the name, and its strength in the fill', async () => {
  const { box } = await drawn(<EvidenceBadge scheme="AMP" value="I-A" />)
  const badge = box.querySelector('svg')
  expect(badge?.getAttribute('aria-label')).toBe('AMP ティア I-A')
  expect(badge?.querySelector('text')?.textContent).toBe('I-A')
  expect(badge?.querySelector('path')?.getAttribute('fill')).toBe('var(--shu-fill)')
  const { box: weak } = await drawn(<EvidenceBadge scheme="JP" value="F" />)
  expect(weak.querySelector('path')?.getAttribute('stroke-dasharray')).toBe('2.5 2')
})

test('an unrecorded act is said to be unrecorded, in both languages', async () => {
  const { box } = await drawn(<ActMark state="unrecorded" word />)
  expect(box.textContent).toBe('未記録')
  const { box: english } = await drawn(<ActMark state="accepted" word />, 'en')
  expect(english.textContent).toBe('Received')
})

test('return level 2 fills two of three bars and says so', async () => {
  const { box } = await drawn(<LevelBars level={2} />)
  expect(box.querySelectorAll('i.f')).toHaveLength(2)
  expect(box.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('還元レベル 2')
})

test('the sealed area is the same whatever the case holds: it takes no data at all', async () => {
  const { box } = await drawn(<SealedArea />)
  expect(SealedArea).toHaveLength(0)
  expect(box.textContent).toContain('有無は示しません')
})
