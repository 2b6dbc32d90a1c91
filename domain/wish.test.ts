import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayBeSeen, WISH_CELLS, type Wish, wishOn } from './wish.ts'

const wish = (cell: Wish['cell'], answer: Wish['answer'], date: string): Wish => ({ cell, answer, date })

test('nobody asked means not-asked, and a secondary finding stays sealed', () => {
  expect(wishOn([], 'secondary-now', '2026-11-22')).toBe('not-asked')
  expect(mayBeSeen({ secondary: true }, [], '2026-11-22')).toBe(false)
})

test('the newest answer on or before the day holds, whatever the order of the list', () => {
  const wishes = [wish('secondary-now', 'not-now', '2026-09-12'), wish('secondary-now', 'wants', '2025-01-10')]
  expect(wishOn(wishes, 'secondary-now', '2026-11-22')).toBe('not-now')
  expect(wishOn(wishes, 'secondary-now', '2026-01-01')).toBe('wants')
  expect(wishOn(wishes, 'secondary-now', '2024-12-31')).toBe('not-asked')
})

test('only an explicit "wants" opens a secondary finding, and a primary one needs none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('wants', 'does-not-want', 'not-now', 'not-asked'),
      fc.constantFrom(...WISH_CELLS),
      (answer, cell) => {
        const wishes = [wish(cell, answer, '2026-01-01')]
        expect(mayBeSeen({ secondary: true }, wishes, '2026-11-22')).toBe(cell === 'secondary-now' && answer === 'wants')
        expect(mayBeSeen({ secondary: false }, wishes, '2026-11-22')).toBe(true)
      },
    ),
  )
})
