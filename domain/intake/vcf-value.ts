/** Whether the text is a number of this Type; "." stands for a missing value and always is. */
export function fitsType(value: string, type: string): boolean {
  if (value === '.') return true
  switch (type) {
    case 'Integer':
      // The eight lowest values of 32 bits are reserved (VCF 4.3, 1.3).
      return /^[+-]?\d+$/.test(value) && Number(value) >= -2_147_483_640 && Number(value) <= 2_147_483_647
    case 'Float':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) || /^[+-]?(inf|infinity|nan)$/i.test(value)
    case 'Character':
      return [...value].length === 1
    default:
      return true
  }
}

/** How many values `Number` asks for; undefined when any number will do. `ploidy` 0 is unknown. */
export function expectedCount(number: string, alts: number, ploidy: number): number | undefined {
  if (/^\d+$/.test(number)) return Number(number)
  if (number === 'A') return alts
  if (number === 'R') return alts + 1
  if (number === 'G') return ploidy === 0 ? undefined : combinations(alts + ploidy, ploidy)
  return undefined
}

/** Number of unordered genotypes: ways to draw `ploidy` of alleles with repetition. */
function combinations(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i
  return Math.round(value)
}
