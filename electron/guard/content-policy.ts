/**
 * Sent on every page, script and worker: a worker has its own policy from its own headers. `connect-src 'self'` is what keeps the
 * page from the world even if it were taken over. `wasm-unsafe-eval` is for the CRAM codecs; `data:` in connect-src is how
 * @gmod/bgzf-filehandle loads its WebAssembly; inline styles are igv.js's and Mantine's.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** Headers of every answer. `no-store`: a browser's cache would write patient data in clear. */
export const GUARD_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
}

export function guarded(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(GUARD_HEADERS)) headers.set(name, value)
  return new Response(response.body, { status: response.status, headers })
}
