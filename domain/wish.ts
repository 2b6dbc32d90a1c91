import { z } from 'zod'

/**
 * The four cells of the programme's table: relation to the disease x when significance was established,
 * plus the explicit wish about hereditary tumour predisposition. Source: 全ゲノム解析等実行計画2022, 患者還元.
 */
export const WISH_CELLS = ['primary-now', 'primary-later', 'hereditary-tumour', 'secondary-now', 'secondary-later'] as const
export const WishCell = z.enum(WISH_CELLS)
export type WishCell = z.infer<typeof WishCell>

export const WishAnswer = z.enum(['wants', 'does-not-want', 'not-now', 'not-asked'])
export type WishAnswer = z.infer<typeof WishAnswer>

/** One dated answer. Wishes change: the newest answer per cell holds, and "not now" is a state of its own. */
export const Wish = z.object({
  cell: WishCell,
  answer: WishAnswer,
  date: z.iso.date(),
  askedBy: z.string().optional(),
  reviewOn: z.iso.date().optional(),
})
export type Wish = z.infer<typeof Wish>

/** The wish in force on `day` (ISO date), or "not-asked" when nobody has asked. Later entries win on the same date. */
export function wishOn(wishes: readonly Wish[], cell: WishCell, day: string): WishAnswer {
  let held: Wish | undefined
  for (const wish of wishes) {
    if (wish.cell === cell && wish.date <= day && (!held || wish.date >= held.date)) held = wish
  }
  return held?.answer ?? 'not-asked'
}

/** Whether a finding may be seen on `day`. Default deny: only an explicit "wants" opens a secondary finding. */
export function mayBeSeen(finding: { readonly secondary: boolean }, wishes: readonly Wish[], day: string): boolean {
  return !finding.secondary || wishOn(wishes, 'secondary-now', day) === 'wants'
}
