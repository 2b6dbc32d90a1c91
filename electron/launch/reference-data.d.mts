export function bandsOf(file: string): [string, number, number, string, string][]
export function sizesOf(bands: readonly (readonly [string, number, number, string, string])[]): [string, number][]
export function genesOf(): {
  contig: string
  s: string
  d: string
  a: number
  b: number
  n?: '+' | '-'
  t?: string
  e?: [number, number][]
  c?: [number, number]
}[]
export function synonymsOf(symbols: ReadonlySet<string>): Record<string, string>
