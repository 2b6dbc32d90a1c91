/** What the header of a BAM or CRAM says of itself. */
export interface SamHeader {
  readonly contigs: readonly {
    readonly name: string
    readonly length: number
    readonly md5?: string
    readonly assembly?: string
  }[]
  /** Sample names of the read groups, in order, each once. */
  readonly samples: readonly string[]
  /** Whether the reads are long, by platform, read type or aligner. */
  readonly longReads: boolean
  readonly sorted: boolean
}

/** Reads the text of a SAM header (SAM specification, 1.3). Throws with the line number on a broken line. */
export function readSamHeader(text: string): SamHeader {
  const contigs: SamHeader['contigs'][number][] = []
  const samples = new Set<string>()
  let longReads = false
  let sorted = false
  for (const [index, line] of text.replace(/\0+$/, '').split('\n').entries()) {
    if (line === '' || line.startsWith('@CO')) continue
    if (!/^@[A-Z]{2}\t/.test(line)) throw new SyntaxError(`SAM header line ${index + 1} is not a header line`)
    const tags = new Map(
      line
        .split('\t')
        .slice(1)
        .map(it => [it.slice(0, 2), it.slice(3)]),
    )
    const type = line.slice(1, 3)
    if (type === 'HD') sorted = tags.get('SO') === 'coordinate'
    if (type === 'SQ') {
      const [name, length] = [tags.get('SN'), Number(tags.get('LN'))]
      if (!name || !(length > 0)) throw new SyntaxError(`SAM header line ${index + 1} has no SN or LN`)
      const [md5, assembly] = [tags.get('M5'), tags.get('AS')]
      contigs.push({ name, length, ...(md5 ? { md5 } : {}), ...(assembly ? { assembly } : {}) })
    }
    const sample = tags.get('SM')
    if (type === 'RG' && sample) samples.add(sample)
    // PacBio's own tools write READTYPE into DS and may leave PL out.
    if (type === 'RG' && (/^(ONT|PACBIO)$/i.test(tags.get('PL') ?? '') || /READTYPE=/.test(tags.get('DS') ?? '')))
      longReads = true
    if (type === 'PG' && /^(pbmm2|ngmlr|winnowmap)$/i.test(tags.get('PN') ?? '')) longReads = true
  }
  return { contigs, samples: [...samples], longReads, sorted }
}
