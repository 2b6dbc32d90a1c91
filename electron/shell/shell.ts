/** Where a secret of this machine is kept apart from the disk: the OS keychain, or nowhere. */
export interface SecretStore {
  available(): { readonly kind: 'os-keychain' | 'none'; readonly backend: string }
  read(): Promise<Uint8Array | undefined>
  write(secret: Uint8Array): Promise<void>
  clear(): Promise<void>
}

/** What differs between the two shells. Features never ask which one they run in. */
export interface Shell {
  readonly kind: 'electron' | 'loopback'
  readonly secrets: SecretStore
  readonly versions: Readonly<Record<string, string>>
  /** Shows the provider's page to the person; false when only the person can open it. */
  openSignIn(url: string): Promise<boolean>
  closeSignIn(): void
}

/** For machines and shells without a keychain: the vault then rests on the passphrase alone, and the screen says so. */
export function noSecretStore(backend: string): SecretStore {
  return {
    available: () => ({ kind: 'none', backend }),
    read: async () => undefined,
    write: async () => {},
    clear: async () => {},
  }
}
