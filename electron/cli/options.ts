import { parseArgs } from 'node:util'
import { BadInput } from './command.ts'

/** Takes `--name value` pairs and the words between them; anything unknown is BadInput. */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): { readonly options: Readonly<Partial<Record<Name, string>>>; readonly words: readonly string[] } {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(names.map(name => [name, { type: 'string' as const }])),
      allowPositionals: true,
    })
    const options: Partial<Record<Name, string>> = {}
    for (const name of names) {
      const value = parsed.values[name]
      if (typeof value === 'string') options[name] = value
    }
    return { options, words: parsed.positionals }
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : 'the options cannot be read')
  }
}

export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new BadInput(`--${name} is missing`)
  return value
}

/** `a-b`, 0-based and half-open, in bytes. */
export function readRange(text: string): { readonly start: number; readonly end: number } {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(text)
  const [start, end] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || start > end)
    throw new BadInput(`--range wants a-b with a not above b, 0-based and half-open; got ${JSON.stringify(text)}`)
  return { start, end }
}
