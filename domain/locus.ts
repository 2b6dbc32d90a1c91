import { z } from 'zod'

export const ASSEMBLIES = ['GRCh38', 'GRCh37', 'T2T-CHM13'] as const
export const Assembly = z.enum(ASSEMBLIES)
export type Assembly = z.infer<typeof Assembly>

/** 0-based, half-open, on the named contig ("chr17"). Shown to people as 1-based, closed. */
export const Locus = z
  .object({ contig: z.string().min(1).max(64), start: z.int().min(0), end: z.int().min(0) })
  .refine(l => l.end >= l.start, 'end before start')
export type Locus = z.infer<typeof Locus>

/** The way a person reads a position: 1-based, closed, thousands by comma. */
export function show({ contig, start, end }: Locus): string {
  const first = (start + 1).toLocaleString('en-US')
  return end - start <= 1 ? `${contig}:${first}` : `${contig}:${first}-${end.toLocaleString('en-US')}`
}

/** The same without commas, as igv.js, samtools and most search boxes take it. */
export function toRegion({ contig, start, end }: Locus): string {
  return `${contig}:${start + 1}-${Math.max(end, start + 1)}`
}

/** Widens by `bp` on both sides, never below 0. */
export function widen(locus: Locus, bp: number): Locus {
  return { contig: locus.contig, start: Math.max(0, locus.start - bp), end: locus.end + bp }
}

/** Reads "chr17:7,676,154", "chr17:7676154-7676200" or "17:…"; undefined when it is not a position. */
export function parseRegion(text: string): Locus | undefined {
  const match = text.trim().match(/^([A-Za-z0-9_.*-]+):([\d,]+)(?:-([\d,]+))?$/)
  if (!match) return undefined
  const [, contig = '', from = '', to = from] = match
  const start = Number(from.replaceAll(',', '')) - 1
  const end = Number(to.replaceAll(',', ''))
  return start >= 0 && end > start ? { contig, start, end } : undefined
}
