import { readFile, stat } from 'node:fs/promises'
import { BadInput } from './command.ts'

const maxKeyFile = 64 * 1024

/** A small text file such as a key, or BadInput with the reason in a few words. */
export async function readSmallText(path: string): Promise<string> {
  const { size } = await seen(path, () => stat(path))
  if (size > maxKeyFile) throw new BadInput(`${path} is too large for a key file`)
  return seen(path, () => readFile(path, 'utf8'))
}

/** Runs `act`, which touches the file at `path`; a failure of the system becomes BadInput. */
export async function seen<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new BadInput(`${path} cannot be read (${code})`)
  }
}
