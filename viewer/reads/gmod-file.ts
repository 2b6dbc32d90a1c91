import type { GenericFilehandle } from 'generic-filehandle2'
import type { ReadRange } from '../ranged-file.ts'

/** Our ranged file as @gmod's readers want one (generic-filehandle2). Only bytes are asked of it, never text. */
export function gmodFile(file: ReadRange): GenericFilehandle {
  const handle = {
    read: (length: number, position: number) => file.read(position, position + length),
    readFile: async () => file.read(0, await file.size()),
    stat: async () => ({ size: await file.size() }),
    close: async () => {},
  }
  return handle as unknown as GenericFilehandle
}
