import { X509Certificate } from 'node:crypto'

/**
 * Whether `leafPem` was issued by the pinned authority for `host` and is in force at `now`. Used for the sign-in window, whose
 * network stack knows only the machine's list of authorities.
 */
export function isCentreCertificate(leafPem: string, caPem: string, host: string, now: Date): boolean {
  try {
    const leaf = new X509Certificate(leafPem)
    const authority = new X509Certificate(caPem)
    const inForce = new Date(leaf.validFrom) <= now && now < new Date(leaf.validTo)
    const named = leaf.checkHost(host) !== undefined || leaf.checkIP(host) !== undefined
    return inForce && named && leaf.checkIssued(authority) && leaf.verify(authority.publicKey)
  } catch {
    return false
  }
}
