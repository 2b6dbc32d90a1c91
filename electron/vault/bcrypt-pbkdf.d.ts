/** The one call of bcrypt-pbkdf that is used; the package brings no types. */
declare module 'bcrypt-pbkdf' {
  /** Writes `keyLength` bytes into `key`; 0 when it could. */
  export function pbkdf(
    pass: Uint8Array,
    passLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): number
}
