import { webcrypto } from 'node:crypto'

/* Node 18 (Electron 25) keeps Web Crypto behind a flag; the libraries that we use expect it as a global. Imported first. */
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
