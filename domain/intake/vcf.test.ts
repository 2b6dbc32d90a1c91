import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vcfReader } from './vcf.ts'

const real = join(import.meta.dirname, '../../../shared/real')
const failed = join(real, 'malformed/vcf-4.3-failed')

function read(text: string, pieces = [text.length]) {
  const reader = vcfReader()
  const records = []
  let at = 0
  for (const size of pieces) {
    records.push(...reader.push(text.slice(at, at + size)))
    at += size
  }
  records.push(...reader.push(text.slice(at)), ...reader.finish())
  return { records, reader }
}

const SMALL = `##fileformat=VCFv4.3
##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth, \\"all\\" of it">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##contig=<ID=1,length=249250621>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB
1\t100\trs1\tA\tC,G\t30.5\tPASS\tDP=12\tGT\t0/1\t1|2
1\t200\t.\tA\t]2:5]A\t.\t.\t.\tGT\t0/1\t./.
`

describe('VCF', () => {
  it.skipIf(!existsSync(failed))(
    'refuses, or names the bad lines of, every file of the 4.3 failure set (needs ../shared/real)',
    () => {
      const files = readdirSync(failed)
      expect(files.length).toBeGreaterThan(200)
      const taken = files.filter(file => read(readFileSync(join(failed, file), 'utf8')).reader.problemCount === 0)
      expect(taken).toEqual([])
    },
  )

  it.skipIf(!existsSync(real))('has nothing to say against real files (needs ../shared/real)', () => {
    const files: readonly [string, number][] = [
      ['ashkenazi-trio/ashk-trio.vcf.gz', 9940],
      ['ashkenazi-trio/comphet-test-case.vcf', 2],
      ['ashkenazi-trio/comphet.csq.vcf', 4],
      ['hcc1954-manta/src/demo/expectedResults/somaticSV.vcf.gz', 6],
    ]
    for (const [file, count] of files) {
      const bytes = readFileSync(join(real, file))
      const { records, reader } = read((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
      expect([file, records.length, reader.problems]).toEqual([file, count, []])
    }
  })

  it('reads the same whatever the pieces it comes in', () => {
    const whole = read(SMALL)
    expect(whole.reader.problems).toEqual([])
    expect(whole.records).toHaveLength(2)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), pieces => {
        expect(read(SMALL, pieces).records).toEqual(whole.records)
      }),
      { numRuns: 50 },
    )
  })

  it('leaves out a broken line, says its number, and goes on', () => {
    const { records, reader } = read(SMALL.replace('1\t100\trs1\tA', '1\tx\trs1\tA'))
    expect(records.map(it => it.pos)).toEqual([200])
    expect(reader.problems).toMatchObject([{ line: 6, severity: 'record' }])
    expect(reader.refused).toBe(false)
  })

  it('keeps a line whose annotation breaks its definition: a finding is not lost for a wrong DP', () => {
    const { records, reader } = read(SMALL.replace('DP=12', 'DP=twelve'))
    expect(records).toHaveLength(2)
    expect(reader.problems).toMatchObject([{ line: 6, severity: 'note', text: { en: 'INFO DP is not well formed' } }])
  })

  it('takes nothing of a file that is not a VCF', () => {
    const { records, reader } = read('chrom\tpos\n1\t2\n')
    expect(records).toEqual([])
    expect(reader.refused).toBe(true)
  })
})
