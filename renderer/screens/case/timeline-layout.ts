import type { TimelineItem } from '#domain/case.ts'

const DAY = 86_400_000
const time = (iso: string) => Date.parse(`${iso}T00:00:00Z`)

export interface TimeScale {
  readonly from: number
  readonly to: number
  x(iso: string): number
}

/** Days onto `left`…`width` px, with a little air on both sides. */
export function timeScale(items: readonly TimelineItem[], left: number, width: number): TimeScale {
  const times = items.flatMap(it => [time(it.start), ...(it.end ? [time(it.end)] : [])])
  const first = Math.min(...times)
  const last = Math.max(...times)
  const air = Math.max(20 * DAY, (last - first) * 0.04)
  const [from, to] = [first - air, last + air]
  return { from, to, x: iso => left + ((time(iso) - from) / (to - from)) * (width - left) }
}

/** First days of months or years, few enough to read (at most one in 80 px). */
export function ticks({ from, to }: TimeScale, width: number): readonly { iso: string; label: string }[] {
  const months = (to - from) / (30.4 * DAY)
  const room = Math.max(2, Math.floor(width / 80))
  const step = [1, 2, 3, 6, 12, 24, 60].find(it => months / it <= room) ?? 120
  const start = new Date(from)
  const found: { iso: string; label: string }[] = []
  for (let m = start.getUTCMonth() + 1; found.length < 60; m++) {
    const at = new Date(Date.UTC(start.getUTCFullYear(), m, 1))
    if (at.getTime() > to) break
    const month = at.getUTCMonth()
    if (month % Math.min(step, 12) !== 0 || (step > 12 && at.getUTCFullYear() % (step / 12) !== 0)) continue
    found.push({
      iso: at.toISOString().slice(0, 10),
      label: month === 0 || found.length === 0 ? `${at.getUTCFullYear()}/${month + 1}` : String(month + 1),
    })
  }
  return found
}

/** Width of a text at 12 px, well enough for keeping labels apart: full-width letters 12 px, others 6.7 px. */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text) width += letter > '\u2e7f' ? 12 : 6.7
  return width
}

export interface Placed {
  readonly item: TimelineItem
  readonly lane: number
  readonly x: number
  /** Length of the bar in px; 0 for a mark. */
  readonly bar: number
  /** Where the label stands: inside its bar, after it, or before it when the edge is near. */
  readonly side: 'inside' | 'after' | 'before'
}

/** Puts bars and marks with their labels into as few lanes as keep them apart. A therapy without an end runs to the edge. */
export function lanes(
  items: readonly TimelineItem[],
  scale: TimeScale,
  width: number,
  label: (item: TimelineItem) => string,
): readonly Placed[] {
  const ends: number[] = []
  return [...items]
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(item => {
      const x = scale.x(item.start)
      const bar = item.end ? Math.max(6, scale.x(item.end) - x) : item.kind === 'therapy' ? Math.max(6, width - 90 - x) : 0
      const text = textWidth(label(item)) + 14
      const tail = bar > 0 && item.response ? textWidth(item.response) + 8 : 0
      const side = bar > 0 && text < bar ? 'inside' : x + bar + text + tail > width ? 'before' : 'after'
      const from = side === 'before' ? x - text : x - 6
      const to = x + bar + tail + (side === 'after' ? text : 6)
      let lane = ends.findIndex(end => end + 6 <= from)
      if (lane < 0) lane = ends.length
      ends[lane] = to
      return { item, lane, x, bar, side }
    })
}
