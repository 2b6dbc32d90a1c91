/** Whether the window may go there: our own scheme and host, compared as parsed parts, never by prefix or substring. */
export function isOwnPage(target: string, origin: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(target)
    const own = new URL(origin)
    return protocol === own.protocol && host === own.host && username === '' && password === ''
  } catch {
    return false
  }
}

/** What the page's session may ask the network stack for: our scheme, and images and blobs that are already in memory. */
export function mayRequest(url: string, origin: string): boolean {
  return isOwnPage(url, origin) || url.startsWith('blob:') || url.startsWith('data:') || url.startsWith('devtools:')
}
