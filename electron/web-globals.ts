import { webcrypto } from 'node:crypto'

/* Node 18 (Electron 25) keeps Web Crypto behind a flag; the libraries that we use expect it as globals. Imported first. */
const provided = { crypto: webcrypto, CryptoKey: (webcrypto as unknown as { CryptoKey: unknown }).CryptoKey }
for (const [name, value] of Object.entries(provided)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true })
}
