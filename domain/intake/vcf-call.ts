import type { Call } from '../finding.ts'

/** What the caller wrote for one specimen and one allele: depths by AD, or by the split reads and pairs of a structural caller. */
export function callOf(specimen: string, values: ReadonlyMap<string, string>, allele: number): Call {
  const numbers = (key: string) =>
    values
      .get(key)
      ?.split(',')
      .map(it => (it === '.' ? Number.NaN : Number(it)))
  const depths = numbers('AD')
  const known = depths?.every(it => it >= 0) ? depths : undefined
  const total = known?.reduce((sum, it) => sum + it, 0) ?? 0
  const altDepth = known?.[allele]
  const written = Number(values.get('AF')?.split(',')[allele - 1])
  const vaf = written >= 0 && written <= 1 ? written : altDepth !== undefined && total > 0 ? altDepth / total : undefined
  const depth = whole(Number(values.get('DP') ?? Number.NaN)) ?? (known ? total : undefined)
  const genotype = values.get('GT')
  const copyNumber = Number(values.get('CN') ?? Number.NaN)
  const splitReads = whole(numbers('SR')?.[allele])
  const discordantPairs = whole(numbers('PR')?.[allele])
  return {
    specimen,
    ...(genotype ? { genotype } : {}),
    ...(depth !== undefined ? { depth } : {}),
    ...(altDepth !== undefined ? { altDepth } : {}),
    ...(vaf !== undefined ? { vaf } : {}),
    ...(splitReads !== undefined ? { splitReads } : {}),
    ...(discordantPairs !== undefined ? { discordantPairs } : {}),
    ...(copyNumber >= 0 ? { copyNumber } : {}),
  }
}

function whole(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 0 ? value : undefined
}
