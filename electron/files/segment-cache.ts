/** Plain segments in memory, least recently used out first, never more than `maxBytes`; what leaves is overwritten. */
export interface SegmentCache {
  /** A copy: the kept one may be wiped at any moment. */
  get(key: string): Uint8Array | undefined
  has(key: string): boolean
  put(key: string, plain: Uint8Array): void
  clear(): void
  bytes(): number
}

export function segmentCache(maxBytes: number): SegmentCache {
  const kept = new Map<string, Uint8Array>()
  let total = 0
  const drop = (key: string, plain: Uint8Array) => {
    kept.delete(key)
    total -= plain.length
    plain.fill(0)
  }
  return {
    get(key) {
      const plain = kept.get(key)
      if (!plain) return undefined
      kept.delete(key)
      kept.set(key, plain)
      return plain.slice()
    },
    has: key => kept.has(key),
    put(key, plain) {
      const before = kept.get(key)
      if (before) drop(key, before)
      if (plain.length > maxBytes) return
      kept.set(key, plain.slice())
      total += plain.length
      for (const [oldest, bytes] of kept) {
        if (total <= maxBytes) break
        drop(oldest, bytes)
      }
    },
    clear() {
      for (const [key, plain] of kept) drop(key, plain)
    },
    bytes: () => total,
  }
}
