import { type Aead, chooseAead } from '../vault/aead.ts'
import { BadInput } from './command.ts'

/** `--engine wasm|native`; without it the fastest one that works. */
export async function aeadFor(engine: string | undefined): Promise<Aead> {
  if (engine === undefined) return chooseAead()
  if (engine !== 'wasm' && engine !== 'native') throw new BadInput(`--engine is wasm or native, not ${JSON.stringify(engine)}`)
  try {
    return await chooseAead({ require: engine })
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : 'the engine cannot be loaded')
  }
}
