/** AES-256-GCM with a 96-bit random nonce. The associated data binds a block to its place, so blocks cannot be swapped. */
export interface SealedBlock {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

const text = new TextEncoder()
const untext = new TextDecoder('utf-8', { fatal: true })

export interface Sealer {
  seal(place: string, value: unknown): Promise<SealedBlock>
  /** Throws when the block is damaged, from another place or under another key. */
  unseal(place: string, block: SealedBlock): Promise<unknown>
}

/** Imports the raw key as non-extractable and overwrites the bytes it was given. */
export async function createSealer(raw: Uint8Array<ArrayBuffer>, crypto: Crypto): Promise<Sealer> {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  raw.fill(0)
  return {
    async seal(place, value) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: text.encode(place) },
        key,
        text.encode(JSON.stringify(value)),
      )
      return { iv, sealed }
    },
    async unseal(place, { iv, sealed }) {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(place) }, key, sealed)
      return JSON.parse(untext.decode(plain)) as unknown
    },
  }
}

export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), c => c.charCodeAt(0))
}
