/** First and last byte, both inclusive, 0-based, as HTTP writes them. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** One closed, open or suffix range (RFC 9110 §14.1.2). Anything that is not one single byte range reads as "whole". */
export function byteRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = header?.match(/^bytes=(\d*)-(\d*)$/)
  if (!match || (match[1] === '' && match[2] === '')) return 'whole'
  const [, from = '', to = ''] = match
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first <= last && first < size ? { first, last } : 'unsatisfiable'
}
