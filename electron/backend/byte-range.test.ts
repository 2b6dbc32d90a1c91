import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test('closed, open and suffix ranges', () => {
  expect(byteRange('bytes=0-15', 100)).toEqual({ first: 0, last: 15 })
  expect(byteRange('bytes=90-', 100)).toEqual({ first: 90, last: 99 })
  expect(byteRange('bytes=-10', 100)).toEqual({ first: 90, last: 99 })
  expect(byteRange('bytes=50-500', 100)).toEqual({ first: 50, last: 99 })
})

test('no range, several ranges and other units mean the whole file', () => {
  for (const header of [null, '', 'bytes=-', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b'])
    expect(byteRange(header, 100)).toBe('whole')
})

test('a range behind the end cannot be satisfied', () => {
  expect(byteRange('bytes=100-', 100)).toBe('unsatisfiable')
  expect(byteRange('bytes=9-3', 100)).toBe('unsatisfiable')
  expect(byteRange('bytes=0-0', 0)).toBe('unsatisfiable')
})

test('a satisfied range always lies inside the file', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (from, to, size) => {
      const range = byteRange(`bytes=${from}-${to}`, size)
      if (typeof range === 'string') expect(from > to || from >= size).toBe(true)
      else expect(range.first >= 0 && range.first <= range.last && range.last < size).toBe(true)
    }),
  )
})
