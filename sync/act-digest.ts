/**
 * What `ActHeader.payloadHash` is the SHA-256 of: the UTF-8 bytes of the salt as it travels (base64url text) followed by the
 * payload in canonical JSON (RFC 8785). The salt keeps a purged payload from being guessed from its hash.
 */
export function actDigestInput(salt: string, canonicalPayload: string): string {
  return salt + canonicalPayload
}
