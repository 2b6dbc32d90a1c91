import type { Patient } from '#domain/case.ts'
import type { Language, Text } from '#domain/text.ts'
import { WORDS } from './words.ts'

const DAYS = { ja: ['日', '月', '火', '水', '木', '金', '土'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly clock: string
}

/** Wall clock as written when the text carries an offset (a panel's date and hour); local time for instants ending in Z. */
function partsOf(iso: string): Parts {
  const written = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(iso)
  if (written && !iso.endsWith('Z')) {
    const [, y = '1970', m = '1', d = '1', clock = ''] = written
    const [year, month, day] = [Number(y), Number(m), Number(d)]
    return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), clock }
  }
  const at = new Date(iso)
  return {
    year: at.getFullYear(),
    month: at.getMonth() + 1,
    day: at.getDate(),
    weekday: at.getDay(),
    clock: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

/** 2026/11/26(木) — as Japanese hospitals write; "Thu 26 Nov 2026" in English. */
export function day(iso: string, language: Language): string {
  const { year, month, day: d, weekday } = partsOf(iso)
  return language === 'ja'
    ? `${year}/${two(month)}/${two(d)}(${DAYS.ja[weekday]})`
    : `${DAYS.en[weekday]} ${d} ${MONTHS[month - 1]} ${year}`
}

/** 2026/11/26 without the weekday. */
export function plainDay(iso: string, language: Language): string {
  const { year, month, day: d } = partsOf(iso)
  return language === 'ja' ? `${year}/${two(month)}/${two(d)}` : `${d} ${MONTHS[month - 1]} ${year}`
}

/** 11/26(木) 16:00 */
export function shortDayTime(iso: string, language: Language): string {
  const { month, day: d, weekday, clock } = partsOf(iso)
  const date = language === 'ja' ? `${month}/${d}(${DAYS.ja[weekday]})` : `${DAYS.en[weekday]} ${d} ${MONTHS[month - 1]}`
  return clock ? `${date} ${clock}` : date
}

/** 11/26 14:32, for logs. */
export function stamp(iso: string, language: Language): string {
  const { month, day: d, clock } = partsOf(iso)
  return language === 'ja' ? `${month}/${d} ${clock}` : `${d} ${MONTHS[month - 1]} ${clock}`
}

export function clock(iso: string): string {
  return partsOf(iso).clock
}

/** Whole days from `now` to the calendar day of `iso`; negative when past. */
export function daysUntil(iso: string, now: Date): number {
  const { year, month, day: d } = partsOf(iso)
  return Math.round((Date.UTC(year, month - 1, d) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86_400_000)
}

/** Completed years: from the date of birth where known, else the age stated at sequencing. */
export function yearsOf(patient: Patient, now: Date): number | undefined {
  if (patient.birthDate) {
    const { year, month, day: d } = partsOf(patient.birthDate)
    const before = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < d)
    return now.getFullYear() - year - (before ? 1 : 0)
  }
  const years = /^P(\d+)Y/.exec(patient.age ?? '')?.[1]
  return years === undefined ? undefined : Number(years)
}

/** 52歳・女性 / 52 y, female */
export function ageSex(patient: Patient, now: Date, language: Language): string {
  const years = yearsOf(patient, now)
  const sex = WORDS[language].vocabulary.sex[patient.sex]
  if (years === undefined) return sex
  return language === 'ja' ? `${years}歳・${sex}` : `${years} y, ${sex.toLowerCase()}`
}

/** 52 女 / 52 F: for narrow columns. */
export function ageSexShort(patient: Patient, now: Date, language: Language): string {
  const years = yearsOf(patient, now)
  const letters =
    language === 'ja'
      ? { female: '女', male: '男', other: '他', unknown: '' }
      : { female: 'F', male: 'M', other: 'O', unknown: '' }
  return [years, letters[patient.sex]].filter(it => it !== undefined && it !== '').join(' ')
}

/** Decimal units with one decimal, as disks and transfers are labelled: 1.8 GB. */
export function bytes(n: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let value = n
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** 6 分 / 6 min; seconds below 90 s. */
export function span(seconds: number, language: Language): string {
  if (seconds < 90) return language === 'ja' ? `${Math.max(1, Math.round(seconds))} 秒` : `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return language === 'ja' ? `${minutes} 分` : `${minutes} min`
  return language === 'ja' ? `${Math.round(minutes / 60)} 時間` : `${Math.round(minutes / 60)} h`
}

/** 0:24 */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

export function say(text: Text, language: Language): string {
  return text[language] || text[language === 'ja' ? 'en' : 'ja']
}
