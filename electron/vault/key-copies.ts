import { type DurableFs, readWhole, writeAtomically } from '../journal/durable-fs.ts'
import { type KeyBox, parseKeyBox } from './key-box.ts'

const names = ['keys-a.json', 'keys-b.json']

export interface KeyCopies {
  /** Was a key file ever written here, readable or not? */
  readonly exist: boolean
  /** The readable ones, newest first. */
  readonly boxes: readonly KeyBox[]
}

/** The key file is kept twice: a bad sector under the only copy would cost every unsent record. */
export async function readKeyCopies(fs: DurableFs, folder: string): Promise<KeyCopies> {
  const found = await Promise.all(names.map(name => readWhole(fs, `${folder}/${name}`)))
  const boxes = found.map(parseKeyBox).filter(box => box !== undefined)
  return { exist: found.some(bytes => bytes !== undefined), boxes: boxes.sort(newestFirst) }
}

/** One copy after the other, each in one step: whenever the power goes, at least one copy is whole. */
export async function writeKeyCopies(fs: DurableFs, folder: string, box: KeyBox): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(box))
  for (const name of names) await writeAtomically(fs, folder, name, bytes)
}

function newestFirst(left: KeyBox, right: KeyBox): number {
  return right.generation - left.generation || right.serial - left.serial
}
