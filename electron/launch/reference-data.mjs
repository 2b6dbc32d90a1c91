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

/** First transcript listed of a gene: Ensembl's canonical one. Exon ends in the source are start + length, closed. `reach` is how far the gene's transcripts go from its start. */
function transcripts() {
  const first = new Map()
  for (const [name, from, , strand, ...cells] of rows('cache/gene-structures/homo-sapiens-gene-structures.tsv.gz')) {
    const symbol = name.replace(/-\d+$/, '')
    const offset = Number(from)
    const parts = cells.map(cell => cell.split(';').map(Number))
    if (!first.has(symbol)) first.set(symbol, { name, offset, strand, parts, reach: 0 })
    const held = first.get(symbol)
    held.reach = Math.max(held.reach, ...parts.map(([, at, span]) => offset + at + span + 1))
  }
  return first
}

/** Positions of ClinVar variants that change a splice site: they say where an intron begins. */
function spliceSites() {
  const sites = new Map()
  for (const row of rows('cache/variants/homo-sapiens-variants.tsv.gz')) {
    // 0 and 7 are splice acceptor and donor in the key file of the table.
    if (row[3]?.length !== 1 || row[4]?.length !== 1 || (row[10] !== '0' && row[10] !== '7')) continue
    if (!sites.has(row[0])) sites.set(row[0], [])
    sites.get(row[0]).push(Number(row[1]) - 1)
  }
  return sites
}

/**
 * Offsets in the source count from the first coding transcript, which in some genes (ATM, TERT) starts behind the gene: every exon is
 * then too low by the gap that shows at the gene's end. The gap is believed only where more splice variants fit with it than without
 * (ATM 75 of 75 with it; NF1 has a gap and 133 of 133 fit without).
 */
function shiftOf(exons, gap, sites) {
  const fits = shift => {
    const borders = new Set(exons.flatMap(([start, end]) => [start - 2, start - 1, end, end + 1].map(at => at + shift)))
    return sites.filter(at => borders.has(at)).length
  }
  return gap !== 0 && fits(gap) > fits(0) ? gap : 0
}

/** `{s, d, a, b, n, t, e, c}`: symbol, description, start, end, strand, transcript, exons, coding start and end. */
export function genesOf() {
  const structure = transcripts()
  const splice = spliceSites()
  const seen = new Set()
  const genes = []
  for (const [chr, start, length, , symbol, description] of rows('cache/genes/homo-sapiens-genes.tsv.gz')) {
    if (!CHROMOSOMES.includes(chr) || !symbol || seen.has(symbol)) continue
    seen.add(symbol)
    const a = Number(start) - 1
    const gene = { contig: contigOf(chr), s: symbol, d: decodeURIComponent(description ?? ''), a, b: a + Number(length) + 1 }
    const transcript = structure.get(symbol)
    if (transcript) {
      const plain = transcript.parts
        .filter(part => part[0] === 1)
        .map(([, at, span]) => [a + transcript.offset + at, a + transcript.offset + at + span + 1])
      const inside = (splice.get(chr) ?? []).filter(at => at >= gene.a && at < gene.b)
      const from = a + transcript.offset + shiftOf(plain, gene.b - (a + transcript.reach), inside)
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
