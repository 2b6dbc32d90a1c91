import type { Assembly, Locus } from '#domain/locus.ts'
import type { IgvFeature } from './igv.ts'

/** A gene of the packaged reference, as `electron/launch/reference-data.mjs` writes it. Positions 0-based, half-open. */
export interface Gene {
  readonly s: string
  readonly d: string
  readonly a: number
  readonly b: number
  readonly n?: '+' | '-'
  readonly t?: string
  readonly e?: readonly (readonly [number, number])[]
  readonly c?: readonly [number, number]
}

export interface GeneHit {
  readonly symbol: string
  readonly locus: Locus
  /** The old symbol or alias that was typed, when it is not the present one. */
  readonly old?: string
}

/** The packaged reference facts of one assembly; every part is fetched from our own origin when it is first needed. */
export interface Genome {
  readonly assembly: Assembly
  readonly sizes: readonly (readonly [string, number])[]
  readonly hasGenes: boolean
  readonly cytobandUrl: string
  genes(contig: string): Promise<readonly Gene[]>
  find(text: string, limit?: number): Promise<readonly GeneHit[]>
}

interface SearchIndex {
  readonly genes: readonly (readonly [string, string, number, number])[]
  readonly old: Readonly<Record<string, string>>
}

export async function loadGenome(assembly: Assembly, base = '/reference'): Promise<Genome> {
  const folder = `${base}/${assembly}`
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${folder}/${path}`)
    if (!response.ok) throw new Error(`reference data of ${assembly} are missing`)
    return (await response.json()) as T
  }
  const sizes = await get<[string, number][]>('sizes.json')
  const hasGenes = assembly === 'GRCh38'
  const perContig = new Map<string, Promise<readonly Gene[]>>()
  let index: Promise<SearchIndex> | undefined
  return {
    assembly,
    sizes,
    hasGenes,
    cytobandUrl: `${folder}/cytobands.txt`,
    genes(contig) {
      if (!hasGenes || !sizes.some(([name]) => name === contig)) return Promise.resolve([])
      let genes = perContig.get(contig)
      if (!genes) {
        genes = get<Gene[]>(`genes/${contig}.json`)
        genes.catch(() => perContig.delete(contig))
        perContig.set(contig, genes)
      }
      return genes
    },
    async find(text, limit = 12) {
      if (!hasGenes) return []
      index ??= get<SearchIndex>('search.json')
      return searchGenes(await index, text, limit)
    },
  }
}

/** Genes by symbol or by an old one, exact first, then by beginning. */
export function searchGenes({ genes, old }: SearchIndex, text: string, limit: number): readonly GeneHit[] {
  const word = text.trim().toUpperCase()
  if (word === '') return []
  const hit = ([symbol, contig, start, end]: SearchIndex['genes'][number], was?: string): GeneHit => ({
    symbol,
    locus: { contig, start, end },
    ...(was ? { old: was } : {}),
  })
  const exact = genes.filter(([symbol]) => symbol.toUpperCase() === word).map(it => hit(it))
  const renamed = old[word]
  const now = renamed ? genes.filter(([symbol]) => symbol === renamed).map(it => hit(it, word)) : []
  const beginning = genes
    .filter(([symbol]) => symbol.toUpperCase().startsWith(word) && symbol.toUpperCase() !== word)
    .map(it => hit(it))
  return [...exact, ...now, ...beginning].slice(0, limit)
}

/** A gene as igv draws it: thick where it codes. */
export function geneFeature(contig: string, gene: Gene): IgvFeature {
  const coding = gene.c
  return {
    chr: contig,
    start: gene.a,
    end: gene.b,
    name: gene.s,
    ...(gene.n ? { strand: gene.n } : {}),
    ...(coding ? { cdStart: coding[0], cdEnd: coding[1] } : {}),
    ...(gene.e
      ? {
          exons: gene.e.map(([start, end]) => {
            const utr = coding !== undefined && (end <= coding[0] || start >= coding[1])
            return {
              start,
              end,
              ...(utr ? { utr } : coding ? { cdStart: Math.max(start, coding[0]), cdEnd: Math.min(end, coding[1]) } : {}),
            }
          }),
        }
      : {}),
  }
}
