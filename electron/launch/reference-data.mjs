import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { at } from './paths.mjs'

/*
 * Reference facts of the product, made from the npm package `ideogram` (CC0; Ensembl 110, UCSC/NCBI bands) at build time, so that
 * the viewer needs nobody: chromosome sizes and cytobands (GRCh38, GRCh37), and for GRCh38 genes with their canonical transcript.
 * Positions in what is written are 0-based, half-open.
 */
const DATA = at('node_modules', 'ideogram', 'dist', 'data')
const CHROMOSOMES = [...Array.from({ length: 22 }, (_, i) => String(i + 1)), 'X', 'Y', 'MT']
const contigOf = name => (name === 'MT' ? 'chrM' : `chr${name}`)

/** Lines of a gzipped table without its comments. */
function rows(path) {
  return gunzipSync(readFileSync(`${DATA}/${path}`))
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
}

/** Bands as UCSC's cytoBandIdeo writes them: contig, start, end, name, stain. In the source the first base is 1 and ends are closed. */
export function bandsOf(file) {
  const { chrBands } = JSON.parse(readFileSync(`${DATA}/bands/native/${file}`, 'utf8'))
  return chrBands
    .map(line => line.split(' '))
    .filter(([chr]) => CHROMOSOMES.includes(chr))
    .map(([chr, arm, band, , , start, end, stain, density]) => [
      contigOf(chr),
      Number(start) - 1,
      Number(end),
      arm + band,
      stain + (density ?? ''),
    ])
    .sort((a, b) => order(a[0]) - order(b[0]) || a[1] - b[1])
}

function order(contig) {
  return CHROMOSOMES.indexOf(contig === 'chrM' ? 'MT' : contig.slice(3))
}

export function sizesOf(bands) {
  const sizes = new Map()
  for (const [contig, , end] of bands) sizes.set(contig, Math.max(sizes.get(contig) ?? 0, end))
  if (!sizes.has('chrM')) sizes.set('chrM', 16_569)
  return [...sizes]
}

/** First transcript listed of a gene: Ensembl's canonical one. Exon ends in the source are start + length, closed. */
function transcripts() {
  const first = new Map()
  for (const [name, offset, biotype, strand, ...parts] of rows('cache/gene-structures/homo-sapiens-gene-structures.tsv.gz')) {
    const symbol = name.replace(/-\d+$/, '')
    if (!first.has(symbol))
      first.set(symbol, { name, offset: Number(offset), biotype, strand, parts: parts.map(part => part.split(';').map(Number)) })
  }
  return first
}

/** `{s, d, a, b, n, t, e, c}`: symbol, description, start, end, strand, transcript, exons, coding start and end. */
export function genesOf() {
  const structure = transcripts()
  const seen = new Set()
  const genes = []
  for (const [chr, start, length, , symbol, description] of rows('cache/genes/homo-sapiens-genes.tsv.gz')) {
    if (!CHROMOSOMES.includes(chr) || !symbol || seen.has(symbol)) continue
    seen.add(symbol)
    const a = Number(start) - 1
    const gene = { contig: contigOf(chr), s: symbol, d: decodeURIComponent(description ?? ''), a, b: a + Number(length) + 1 }
    const transcript = structure.get(symbol)
    if (transcript) {
      const from = a + transcript.offset
      const blocks = kind =>
        transcript.parts.filter(part => part[0] === kind).map(([, at, span]) => [from + at, from + at + span + 1])
      const exons = blocks(1).sort((x, y) => x[0] - y[0])
      const [left, right] = transcript.strand === '-' ? [blocks(2), blocks(0)] : [blocks(0), blocks(2)]
      const cdStart = left.length > 0 ? Math.max(...left.map(it => it[1])) : exons[0]?.[0]
      const cdEnd = right.length > 0 ? Math.min(...right.map(it => it[0])) : exons.at(-1)?.[1]
      Object.assign(gene, { n: transcript.strand, t: transcript.name, e: exons, c: [cdStart, cdEnd] })
    }
    genes.push(gene)
  }
  return genes.sort((x, y) => order(x.contig) - order(y.contig) || x.a - y.a)
}

export function synonymsOf(symbols) {
  const old = {}
  for (const [symbol, ...names] of rows('cache/synonyms/homo-sapiens-synonyms.tsv.gz')) {
    for (const name of names) if (symbols.has(symbol) && !symbols.has(name)) old[name.toUpperCase()] ??= symbol
  }
  return old
}

function write(path, value) {
  writeFileSync(at('dist', 'reference', path), typeof value === 'string' ? value : JSON.stringify(value))
}

function main() {
  rmSync(at('dist', 'reference'), { recursive: true, force: true })
  for (const [assembly, file] of [
    ['GRCh38', 'homo-sapiens.json'],
    ['GRCh37', 'homo-sapiens-GCF_000001405.13.json'],
  ]) {
    mkdirSync(at('dist', 'reference', assembly, 'genes'), { recursive: true })
    const bands = bandsOf(file)
    write(`${assembly}/sizes.json`, sizesOf(bands))
    write(`${assembly}/cytobands.txt`, bands.map(band => band.join('\t')).join('\n'))
  }
  const genes = genesOf()
  for (const contig of new Set(genes.map(gene => gene.contig))) {
    write(
      `GRCh38/genes/${contig}.json`,
      genes.filter(gene => gene.contig === contig).map(({ contig: _contig, ...gene }) => gene),
    )
  }
  write('GRCh38/search.json', {
    genes: genes.map(({ s, contig, a, b }) => [s, contig, a, b]),
    old: synonymsOf(new Set(genes.map(gene => gene.s))),
  })
  write('NOTICE.txt', NOTICE)
}

const NOTICE = `Reference facts in this folder were taken from the npm package ideogram 1.53.0 (CC0-1.0), which derives them from
Ensembl release 110 (genes, transcripts, synonyms; GRCh38) and from NCBI/UCSC cytobands (GRCh38, GRCh37).
Transcripts are the canonical ones of Ensembl. GRCh37 has bands and sizes only.
`

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()
