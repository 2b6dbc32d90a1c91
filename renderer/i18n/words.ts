import type { Language } from '#domain/text.ts'
import { enCase } from './en-case.ts'
import { enShell } from './en-shell.ts'
import { jaCase } from './ja-case.ts'
import { jaShell } from './ja-shell.ts'

const ja = { ...jaShell, ...jaCase }

/** The shape of every language: a missing or extra key in another table is a compile error. */
export type Words = typeof ja

export const WORDS: Record<Language, Words> = { ja, en: { ...enShell, ...enCase } }
