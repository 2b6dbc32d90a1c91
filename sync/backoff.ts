/** Wait before try `n` (0 = first retry), in ms: 1 s doubling to 5 min with full jitter in the upper half. Honours Retry-After when larger. */
export function backoff(n: number, random: () => number, retryAfterMs = 0): number {
  const ceiling = Math.min(1000 * 2 ** Math.min(n, 20), 300_000)
  return Math.max(retryAfterMs, ceiling / 2 + (ceiling / 2) * random())
}
