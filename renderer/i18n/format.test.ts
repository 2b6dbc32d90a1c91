import { expect, test } from 'vitest'
import { ageSex, ageSexShort, bytes, day, daysUntil, elapsed, shortDayTime, span, yearsOf } from './format.ts'

const now = new Date(2026, 10, 24, 14, 31)

test('a panel’s date and hour are shown as the hospital wrote them, wherever this machine stands', () => {
  expect(shortDayTime('2026-11-26T16:00:00+09:00', 'ja')).toBe('11/26(木) 16:00')
  expect(shortDayTime('2026-11-26T16:00:00+09:00', 'en')).toBe('Thu 26 Nov 16:00')
  expect(day('2026-11-26', 'ja')).toBe('2026/11/26(木)')
})

test('ages are completed years on the day they are read', () => {
  const patient = { name: 'x', sex: 'female', birthDate: '1974-11-25' } as const
  expect(yearsOf(patient, now)).toBe(51)
  expect(yearsOf({ ...patient, birthDate: '1974-11-24' }, now)).toBe(52)
  expect(ageSex({ name: 'x', sex: 'male', age: 'P9Y' }, now, 'ja')).toBe('9歳・男性')
  expect(ageSexShort({ name: 'x', sex: 'unknown' }, now, 'en')).toBe('')
})

test('days to a panel count calendar days', () => {
  expect(daysUntil('2026-11-26T00:30:00+09:00', now)).toBe(2)
  expect(daysUntil('2026-11-23', now)).toBe(-1)
})

test('sizes and times are short', () => {
  expect([bytes(0), bytes(999), bytes(1_800_000_000), bytes(412_000_000)]).toEqual(['0 B', '999 B', '1.8 GB', '412 MB'])
  expect([span(5, 'ja'), span(360, 'ja'), span(360, 'en')]).toEqual(['5 秒', '6 分', '6 min'])
  expect(elapsed(24_900)).toBe('0:24')
})
