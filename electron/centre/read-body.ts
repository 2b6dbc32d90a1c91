import { Problem } from '#domain/problems.ts'
import { transportProblem } from './pinned-fetch.ts'

/** Reads a whole answer of at most `limit` bytes; more is refused while it arrives, whatever Content-Length said. */
export async function readBody(response: Response, limit: number): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length > limit) {
        await reader.cancel()
        throw new Problem('too-large')
      }
      parts.push(value)
    }
  } catch (failure) {
    throw transportProblem(failure)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
