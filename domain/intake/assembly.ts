import { ASSEMBLIES, type Assembly } from '../locus.ts'

/** Bases of chromosomes 1 to 22, X and Y (NCBI assembly reports GCF_000001405.40, GCF_000001405.25, GCF_009914755.1). */
const LENGTHS: Readonly<Record<Assembly, readonly number[]>> = {
  GRCh38: [
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717, 133797422, 135086622,
    133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895,
    57227415,
  ],
  GRCh37: [
    249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431, 135534747, 135006516,
    133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983, 63025520, 48129895, 51304566, 155270560,
    59373566,
  ],
  'T2T-CHM13': [
    248387328, 242696752, 201105948, 193574945, 182045439, 172126628, 160567428, 146259331, 150617247, 134758134, 135127769,
    133324548, 113566686, 101161492, 99753195, 96330374, 84276897, 80542538, 61707364, 66210255, 45090682, 51324926, 154259566,
    62460029,
  ],
}

const WORDS: readonly (readonly [Assembly, RegExp])[] = [
  ['GRCh38', /(grch|hg|\bb|_v)38(?!\d)|assembly38/i],
  ['GRCh37', /(grch|\bb|_v|hs)37(?!\d)|hg19|assembly19/i],
  ['T2T-CHM13', /chm13|t2t|hs1\b/i],
]

/** "chr1" for "1", "chrM" for "MT"; other names stay as they are. */
export function chromosomeName(name: string): string {
  if (/^(\d{1,2}|X|Y)$/.test(name)) return `chr${name}`
  if (/^(chr)?MT?$/.test(name)) return 'chrM'
  return name
}

/**
 * Which assembly a file is on: by the lengths of its chromosomes; where it names none, by the words it uses for its reference.
 * Undefined when neither tells. Throws when the lengths are of different assemblies: such a file cannot be placed.
 */
export function assemblyOf(
  contigs: Iterable<{ readonly name: string; readonly length?: number }>,
  words: Iterable<string> = [],
): Assembly | undefined {
  const found = new Set<Assembly>()
  for (const { name, length } of contigs) {
    const index = indexOf(name)
    if (index < 0) continue
    for (const assembly of ASSEMBLIES) if (LENGTHS[assembly][index] === length) found.add(assembly)
  }
  if (found.size > 1) throw new RangeError(`chromosomes of different assemblies: ${[...found].join(', ')}`)
  const [byLength] = found
  if (byLength) return byLength
  for (const text of words) {
    const named = WORDS.find(([, pattern]) => pattern.test(text))
    if (named) return named[0]
  }
  return undefined
}

function indexOf(name: string): number {
  const bare = name.replace(/^chr/, '')
  if (bare === 'X') return 22
  if (bare === 'Y') return 23
  return /^([1-9]|1\d|2[0-2])$/.test(bare) ? Number(bare) - 1 : -1
}
