export const POLICY: string
export function buildHarness(): Promise<void>
export function serveHarness(options?: {
  readonly port?: number
  readonly cases?: Readonly<Record<string, string>>
}): Promise<{ readonly origin: string; close(): Promise<unknown> }>
