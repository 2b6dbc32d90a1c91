import type { ProblemCode } from '#domain/problems.ts'
import { err, ok, type Result } from '#domain/result.ts'

/** An Ed25519 public key that we trust for a purpose; `x` is base64url as in a JWK. */
export interface TrustedKey {
  readonly kid: string
  readonly x: string
}

/** What the platform lends: signature check and hashing. */
export interface Crypto {
  verifyEd25519(message: Uint8Array, signature: Uint8Array, x: string): Promise<boolean>
  /** Lower-case hex SHA-256. */
  sha256(bytes: Uint8Array): Promise<string>
}

const ENCODER = new TextEncoder()

export function fromBase64Url(text: string): Uint8Array {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
}

export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text)
}

/**
 * Opens a compact JWS. Only EdDSA, only a key of `trusted` named by `kid`, only the expected `typ`; `jku`, `x5u`, `jwk` and
 * `crit` are refused rather than ignored. A payload whose JSON does not print back to itself (duplicate members, odd spacing)
 * is refused: two parsers could read it differently. RFC 7515, RFC 8037.
 */
export async function openJws(
  jws: string,
  typ: string,
  trusted: readonly TrustedKey[],
  crypto: Crypto,
): Promise<Result<unknown, ProblemCode>> {
  const parts = jws.split('.')
  if (parts.length !== 3 || jws.length > 32 * 1024 * 1024) return err('manifest-unsigned')
  const [head = '', body = '', signature = ''] = parts
  try {
    const header = plainJson(head)
    if (header.alg !== 'EdDSA' || header.typ !== typ || typeof header.kid !== 'string') return err('manifest-unsigned')
    if ('crit' in header || 'jku' in header || 'x5u' in header || 'jwk' in header || 'b64' in header)
      return err('manifest-unsigned')
    const key = trusted.find(it => it.kid === header.kid)
    if (!key) return err('manifest-foreign')
    if (!(await crypto.verifyEd25519(utf8(`${head}.${body}`), fromBase64Url(signature), key.x))) return err('manifest-unsigned')
    return ok(plainJson(body))
  } catch {
    return err('manifest-unsigned')
  }
}

function plainJson(part: string): Record<string, unknown> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part))
  const value: unknown = JSON.parse(text)
  if (JSON.stringify(value) !== text) throw new Error('not plain JSON')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  return value as Record<string, unknown>
}
