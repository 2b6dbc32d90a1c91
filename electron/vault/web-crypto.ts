import { webcrypto } from 'node:crypto'

// Node 18 in Electron 25 has no global `crypto`; libsodium's module looks for it when it is first evaluated,
// so this file stands before it in the import order.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
