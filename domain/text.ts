import { z } from 'zod'

/** A text in both languages of the product. */
export const Text = z.object({ ja: z.string(), en: z.string() })
export type Text = z.infer<typeof Text>

export type Language = keyof Text
