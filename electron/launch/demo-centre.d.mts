export interface DemoCentre {
  readonly origin: string
  readonly authenticator: string
  readonly cases: readonly string[]
  readonly dir: string
  readonly users: readonly { readonly user: string; readonly password: string; readonly hint: string }[]
  command(...words: readonly string[]): Record<string, unknown>
  stop(): boolean
  readonly exited: Promise<unknown>
}
export function startDemoCentre(options: { profile: string; dir?: string; autoAnswerSeconds?: number }): Promise<DemoCentre>
