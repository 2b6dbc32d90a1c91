import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CaseFile } from '#domain/case.ts'
import type { Assembly } from '#domain/locus.ts'
import { checkReads } from './check-reads.ts'
import type { ReadRange } from './ranged-file.ts'

const LUNG = resolve('fixtures/cases/lung')
const REAL = resolve('../shared/real')
const HCC = join(REAL, 'hcc1954-manta/src/demo/data')
const SIZES = { GRCh38: [['chr8', 145_138_636]], GRCh37: [['chr8', 146_364_022]] } as const

const bytesOf = (path: string) => new Uint8Array(readFileSync(path))
const rangeOf = (bytes: Uint8Array): ReadRange => ({
  size: async () => bytes.length,
  read: async (start, end) => new Uint8Array(bytes.slice(start, end)),
})

async function check(format: 'bam' | 'cram', reads: Uint8Array, index: Uint8Array, assembly: 'GRCh37' | 'GRCh38' = 'GRCh38') {
  const file: CaseFile = { id: 'reads', role: 'reads', format }
  const of: CaseFile = { id: 'index', role: 'reads-index', format: format === 'cram' ? 'crai' : 'bai', indexOf: 'reads' }
  const known: Assembly = assembly
  await checkReads({ file, index: of }, id => rangeOf(id === 'reads' ? reads : index), known, SIZES[assembly])
}

describe('what is looked at before a read file is drawn', () => {
  const bam = bytesOf(join(LUNG, 'normal.bam'))
  const bai = bytesOf(join(LUNG, 'normal.bam.bai'))
  const cram = bytesOf(join(LUNG, 'tumour.cram'))
  const crai = bytesOf(join(LUNG, 'tumour.cram.crai'))

  test('BAM and CRAM with their own indices pass', async () => {
    await check('bam', bam, bai)
    await check('cram', cram, crai)
  })

  test.each([28, 29, 5_000, 1_000_000])('a BAM and a CRAM that lack their last %d bytes are damaged', async missing => {
    await expect(check('bam', bam.slice(0, -missing), bai)).rejects.toMatchObject({ code: 'reads-damaged' })
    await expect(check('cram', cram.slice(0, -missing), crai)).rejects.toMatchObject({ code: 'reads-damaged' })
  })

  test('what is no BAM or CRAM is damaged, whatever the index says', async () => {
    const noise = bytesOf(join(LUNG, 'reference.fa'))
    await expect(check('bam', noise, bai)).rejects.toMatchObject({ code: 'reads-damaged' })
    await expect(check('cram', noise, crai)).rejects.toMatchObject({ code: 'reads-damaged' })
    await expect(check('bam', new Uint8Array(), bai)).rejects.toMatchObject({ code: 'reads-damaged' })
  })

  test('an index of another file with the same contigs, and what is no index, are refused', async () => {
    const rna = bytesOf(join(LUNG, 'rna.bam.bai'))
    const other = bytesOf(resolve('fixtures/cases/trio/mother.cram.crai'))
    for (const index of [rna, crai, bai.slice(0, 200_000), new Uint8Array()])
      await expect(check('bam', bam, index)).rejects.toMatchObject({ code: 'index-mismatch' })
    for (const index of [other, bai, crai.slice(0, 100)])
      await expect(check('cram', cram, index)).rejects.toMatchObject({ code: 'index-mismatch' })
  })

  test.skipIf(!existsSync(REAL))(
    'real files: GRCh37 on GRCh38 and the other way, the index of the tumour at its normal (../shared/real)',
    async () => {
      const tumour = join(HCC, 'G15512.HCC1954.1.COST16011_region.bam')
      const normal = join(HCC, 'HCC1954.NORMAL.30x.compare.COST16011_region.bam')
      await check('bam', bytesOf(tumour), bytesOf(`${tumour}.bai`), 'GRCh37')
      await expect(check('bam', bytesOf(tumour), bytesOf(`${tumour}.bai`))).rejects.toMatchObject({
        code: 'wrong-assembly',
        values: { found: 'GRCh37', expected: 'GRCh38' },
      })
      await expect(check('bam', bytesOf(normal), bytesOf(`${tumour}.bai`), 'GRCh37')).rejects.toMatchObject({
        code: 'index-mismatch',
      })
      await expect(check('bam', bytesOf(tumour), bytesOf(`${normal}.bai`), 'GRCh37')).rejects.toMatchObject({
        code: 'index-mismatch',
      })
      const ont = join(REAL, 'hg002-ont-chr11/HG002_chr11_119076212_119102218_2.bam')
      await check('bam', bytesOf(ont), bytesOf(`${ont}.bai`))
      await expect(check('bam', bytesOf(ont), bytesOf(`${ont}.bai`), 'GRCh37')).rejects.toMatchObject({ code: 'wrong-assembly' })
    },
  )
})
