import type { Language } from '#domain/text.ts'
import { enCase } from './en-case.ts'
import { enKeys } from './en-keys.ts'
import { enShell } from './en-shell.ts'
import { jaCase } from './ja-case.ts'
import { jaKeys } from './ja-keys.ts'
import { jaShell } from './ja-shell.ts'

const ja = { ...jaShell, ...jaKeys, ...jaCase }

/** The shape of every language: a missing or extra key in another table is a compile error. */
export type Words = typeof ja

export const WORDS: Record<Language, Words> = { ja, en: { ...enShell, ...enKeys, ...enCase } }
