import { describe, expect, it } from 'vitest'
import type { Specimen } from '../specimen.ts'
import { assemblyOf } from './assembly.ts'
import { readBedpe } from './bedpe.ts'
import { junctionType, readBreakend } from './breakends.ts'
import { keepFindings } from './keep-findings.ts'
import { readPed } from './ped.ts'
import { readPhenopacket } from './phenopacket.ts'
import { readSamHeader } from './sam-header.ts'
import { inheritanceOf, zygosityOf } from './trio.ts'
import { vcfReader } from './vcf.ts'
import { findingMaker } from './vcf-findings.ts'
import { trimAlleles } from './vcf-order.ts'

function findings(records: string, specimens: readonly Specimen[], header = '') {
  const columns = specimens.map(it => it.id).join('\t')
  const reader = vcfReader()
  const text = `##fileformat=VCFv4.2\n${header}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${columns}\n${records}\n`
  const read = reader.push(text)
  if (!reader.header) throw new Error('no header')
  const kind = specimens.some(it => it.role === 'tumour') ? ('cancer' as const) : ('rare-disease' as const)
  return read.flatMap(findingMaker(reader.header, { assembly: 'GRCh38', kind, specimens, male: true }))
}

const trio: readonly Specimen[] = [
  { id: 'C', role: 'proband', assay: 'wgs' },
  { id: 'M', role: 'mother', assay: 'wgs' },
  { id: 'F', role: 'father', assay: 'wgs' },
]

describe('assembly', () => {
  it('is told by chromosome lengths before any word', () => {
    expect(assemblyOf([{ name: '8', length: 146364022 }], ['hg38.fa'])).toBe('GRCh37')
    expect(assemblyOf([{ name: 'chr1', length: 248956422 }])).toBe('GRCh38')
    expect(assemblyOf([{ name: 'chrX', length: 154259566 }])).toBe('T2T-CHM13')
  })
  it('is told by words where no length is known', () => {
    expect(assemblyOf([], ['file:///ref/human_g1k_v37_decoy.fasta'])).toBe('GRCh37')
    expect(assemblyOf([], ['human_g1k_v38_decoy_phix.fasta'])).toBe('GRCh38')
    expect(assemblyOf([{ name: 'chr1', length: 5 }], ['assembly.fa'])).toBeUndefined()
  })
  it('refuses chromosomes of two assemblies in one file', () => {
    const mixed = [
      { name: 'chr1', length: 248956422 },
      { name: 'chr2', length: 243199373 },
    ]
    expect(() => assemblyOf(mixed)).toThrow(RangeError)
  })
})

describe('breakends', () => {
  it.each([
    ['N[chr2:200[', '+', '-'],
    ['N]chr2:200]', '+', '+'],
    [']chr2:200]N', '-', '+'],
    ['[chr2:200[N', '-', '-'],
  ])('%s keeps %s here and %s there', (alt, local, remote) => {
    const junction = readBreakend('chr1', 100, alt)
    expect(junction).toEqual({
      local: { locus: { contig: 'chr1', start: 99, end: 100 }, keeps: local },
      remote: { locus: { contig: 'chr2', start: 199, end: 200 }, keeps: remote },
    })
  })
  it('looks like a deletion, duplication or inversion by its two ends, from either mate', () => {
    const type = (pos: number, alt: string) => {
      const junction = readBreakend('1', pos, alt)
      return junction && junctionType(junction)
    }
    expect([type(100, 'N[1:200['), type(200, ']1:100]N')]).toEqual(['DEL', 'DEL'])
    expect([type(100, ']1:200]N'), type(200, 'N[1:100[')]).toEqual(['DUP', 'DUP'])
    expect([type(100, 'N]1:200]'), type(100, '[1:200[N')]).toEqual(['INV', 'INV'])
    expect(type(100, 'N[2:200[')).toBe('TRA')
  })
})

describe('findings of a VCF', () => {
  it('joins mates into one finding', () => {
    const tumour: readonly Specimen[] = [{ id: 'T', role: 'tumour', assay: 'wgs' }]
    const made = findings(
      '1\t100\ta\tN\tN[2:200[\t.\tPASS\tSVTYPE=BND;MATEID=b\tSR:PR\t5,7:0,3\n2\t200\tb\tN\t]1:100]N\t.\tPASS\tSVTYPE=BND;MATEID=a\tSR:PR\t5,7:0,3',
      tumour,
    )
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ kind: 'sv', svType: 'TRA', calls: [{ splitReads: 7, discordantPairs: 3 }] })
  })
  it('places a symbolic deletion after the base before it, with the junction that breakends would write', () => {
    const [made] = findings('1\t100\t.\tN\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=150\tGT\t0/1\t0/1\t0/0', trio)
    expect(made?.locus).toEqual({ contig: 'chr1', start: 100, end: 150 })
    const same = readBreakend('1', 100, 'N[1:151[')
    expect(made?.breakpoints).toEqual([same?.local, same?.remote])
  })
  it('takes only alleles that the patient carries, one finding each', () => {
    const made = findings('1\t100\t.\tA\tC,G\t.\tPASS\t.\tGT:AD\t0/2:10,0,30\t0/1:9,9,0\t0/0:9,0,0', trio)
    expect(made).toHaveLength(1)
    expect(made[0]).toMatchObject({ alt: 'G', zygosity: 'heterozygous', inheritance: 'de-novo' })
    expect(made[0]?.calls[0]).toMatchObject({ depth: 40, altDepth: 30, vaf: 0.75 })
  })
  it('takes the strongest consequence, and gives it level 2 when it alters a protein', () => {
    const header = '##INFO=<ID=BCSQ,Number=.,Type=String,Description="x">\n'
    const info = 'BCSQ=intron|G1||protein_coding,missense|G1|T1|protein_coding|+|175R>175H|1G>A'
    const [made] = findings(`1\t100\t.\tG\tA\t.\tPASS\t${info}\tGT\t0/1\t0/0\t0/1`, trio, header)
    expect(made).toMatchObject({ genes: ['G1'], title: 'G1 p.(R175H)', level: 2, inheritance: 'paternal' })
  })
  it('gives the same id to the same change written with other context', () => {
    expect(trimAlleles(123, 'TAT', 'TGT')).toEqual({ pos: 124, ref: 'A', alt: 'G' })
  })
})

describe('trio', () => {
  it.each([
    ['0/1', '0/0', '0/0', 'de-novo'],
    ['0/1', '0/1', '0/0', 'maternal'],
    ['0/1', '0/0', '1|1', 'paternal'],
    ['1/1', '0/1', '0/1', 'biparental'],
    ['0/1', '0/1', '0/1', 'unknown'],
    ['1/1', '0/0', '0/0', 'unknown'],
    ['0/1', './.', '0/0', 'unknown'],
  ])('child %s, mother %s, father %s is %s', (child, mother, father, expected) => {
    expect(inheritanceOf(1, child, mother, father, false)).toBe(expected)
  })
  it('a son has his X from his mother', () => {
    expect(inheritanceOf(1, '1', '0/1', '0', true)).toBe('maternal')
    expect(inheritanceOf(1, '1', '0/0', '1', true)).toBe('de-novo')
    expect(zygosityOf('1', 1)).toBe('hemizygous')
  })
})

describe('PED', () => {
  it('finds the proband, and says which line is broken', () => {
    const ped = readPed('#comment\nfam C F M 1 2\nfam F 0 0 1 1\nfam M 0 0 2 1\n')
    expect(ped.members[0]).toEqual({ id: 'C', father: 'F', mother: 'M', sex: 'male', affected: 'affected', proband: true })
    expect(() => readPed('fam C F\n')).toThrow('PED line 1')
  })
})

describe('phenopacket', () => {
  it('gives features, disease and the interpreted variant with its class', () => {
    const packet = {
      id: 'p',
      subject: { id: 'girl', sex: 'FEMALE', timeAtLastEncounter: { age: { iso8601duration: 'P13Y' } } },
      phenotypicFeatures: [{ type: { id: 'HP:1', label: 'one' } }, { type: { id: 'HP:2', label: 'two' }, excluded: true }],
      diseases: [{ term: { id: 'OMIM:312750', label: 'Rett syndrome' } }],
      interpretations: [
        {
          diagnosis: {
            genomicInterpretations: [
              {
                variantInterpretation: {
                  acmgPathogenicityClassification: 'PATHOGENIC',
                  variationDescriptor: {
                    geneContext: { symbol: 'MECP2' },
                    vcfRecord: { genomeAssembly: 'hg38', chrom: 'chrX', pos: '154030948', ref: 'G', alt: 'A' },
                  },
                },
              },
              { variantInterpretation: {} },
            ],
          },
        },
      ],
      metaData: {},
    }
    const read = readPhenopacket(packet, 'P')
    expect(read.patient).toEqual({ name: 'girl', sex: 'female', age: 'P13Y' })
    expect(read.phenotypes).toEqual([
      { id: 'HP:1', label: 'one' },
      { id: 'HP:2', label: 'two', excluded: true },
    ])
    expect(read.diagnosis.code).toEqual({ system: 'OMIM', code: '312750' })
    expect(read.findings).toMatchObject([
      { assembly: 'GRCh38', finding: { locus: { start: 154030947 }, classifications: [{ scheme: 'ACMG', value: 'P' }] } },
    ])
    expect(read.notes).toHaveLength(1)
  })
})

describe('SAM header, BEDPE and the limit', () => {
  it('tells contigs, samples and long reads', () => {
    const header = readSamHeader('@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:10\n@RG\tID:a\tSM:S\tPL:ONT\n')
    expect(header).toEqual({ contigs: [{ name: 'chr1', length: 10 }], samples: ['S'], longReads: true, sorted: true })
    expect(() => readSamHeader('@SQ\tSN:chr1\n')).toThrow('line 1')
  })
  it('reads junctions of a BEDPE and names its broken lines', () => {
    const { findings: made, broken } = readBedpe('1\t9\t10\t2\t19\t20\tx\t.\t+\t-\nnonsense\n', 'GRCh38', 'somatic')
    expect(made).toMatchObject([{ svType: 'TRA', title: 'x', breakpoints: [{ keeps: '+' }, { keeps: '-' }] }])
    expect(broken).toEqual([2])
  })
  it('keeps what passed its filters when there is too much', () => {
    const [passed] = findings('1\t100\t.\tA\tC\t.\tPASS\t.\tGT\t0/1\t0/0\t0/1', trio)
    const [failed] = findings('1\t90\t.\tA\tC\t.\tLowQual\t.\tGT\t0/1\t0/0\t0/1', trio)
    if (!passed || !failed) throw new Error('no findings')
    expect(keepFindings([failed, passed], 1)).toEqual({ kept: [passed], left: 1 })
  })
})
