import { copyFileSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { readFolder } from '../../../fixtures/data-centre/intake/read-folder.ts'
import { DEMO_HOSPITAL } from '../../../fixtures/data-centre/sign-in/users.ts'

/** Real human data beside the checkout; never inside it. */
export const REAL = resolve('../shared/real')
export const REAL_IS_HERE = existsSync(REAL)

const HCC = join(REAL, 'hcc1954-manta/src/demo')
const TRIO = join(REAL, 'ashkenazi-trio')
const TUMOUR = join(HCC, 'data/G15512.HCC1954.1.COST16011_region.bam')
const NORMAL = join(HCC, 'data/HCC1954.NORMAL.30x.compare.COST16011_region.bam')
const HG002 = join(REAL, 'hg002-ont-chr11/HG002_chr11_119076212_119102218_2.bam')
const withIndex = (bam: string) => [bam, `${bam}.bai`]

/** Where the files of the journey lie; each function makes one folder as a laboratory would hand it in. */
export function createRealFolders(root: string) {
  const folder = (name: string, files: readonly string[]): string => {
    const at = join(root, name)
    mkdirSync(at, { recursive: true })
    for (const file of files) symlinkSync(file, join(at, basename(file)))
    return at
  }
  return {
    longReads: () => folder('long-reads', withIndex(HG002)),
    trio: () =>
      folder('trio', [
        join(REAL, 'phenopackets/PMID_36147795_Case_Presentation.json'),
        join(TRIO, 'ashk-trio.ped'),
        join(TRIO, 'ashk-trio.vcf.gz'),
        join(TRIO, 'ashk-trio.vcf.gz.csi'),
      ]),
    tumourAndNormal: () =>
      folder('tumour-and-normal', [...withIndex(TUMOUR), ...withIndex(NORMAL), join(HCC, 'expectedResults/somaticSV.vcf.gz')]),
    twoAssemblies: () => folder('two-assemblies', [...withIndex(HG002), ...withIndex(TUMOUR)]),
    /** A record that claims GRCh38 for a GRCh37 BAM, with a cut-off BAM and a whole one beside it. */
    async claimsGRCh38(): Promise<string> {
      const at = folder('claims-grch38', [...withIndex(HG002), ...withIndex(TUMOUR)])
      copyFileSync(HG002, join(at, 'cut-off.bam'))
      truncateSync(join(at, 'cut-off.bam'), 400_000)
      copyFileSync(`${HG002}.bai`, join(at, 'cut-off.bam.bai'))
      const { record } = await readFolder(folder('only-long-reads', withIndex(HG002)), DEMO_HOSPITAL)
      const [specimen] = record.specimens
      const files = [basename(HG002), basename(TUMOUR), 'cut-off.bam'].flatMap(id => [
        { id, role: 'reads', format: 'bam', specimen: specimen?.id },
        { id: `${id}.bai`, role: 'reads-index', format: 'bai', indexOf: id },
      ])
      writeFileSync(join(at, 'case.json'), JSON.stringify({ ...record, id: 'IMP-claims', label: 'IMP-CLAIMS', files }))
      return at
    },
    /** Tumour and normal of GRCh37 where the normal has the index of the tumour: both know the same two contigs. */
    async wrongIndex(): Promise<string> {
      const at = folder('wrong-index', [...withIndex(TUMOUR), NORMAL])
      copyFileSync(`${TUMOUR}.bai`, join(at, `${basename(NORMAL)}.bai`))
      const { record } = await readFolder(join(root, 'tumour-and-normal'), DEMO_HOSPITAL)
      const files = record.files.filter(it => it.role !== 'variants')
      writeFileSync(join(at, 'case.json'), JSON.stringify({ ...record, id: 'IMP-index', label: 'IMP-INDEX', files }))
      return at
    },
  }
}
