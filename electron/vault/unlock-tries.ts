import { z } from 'zod'
import { Problem } from '#domain/problems.ts'
import { type DurableFs, errorCode, isDiskFull, readWhole, writeAtomically } from '../journal/durable-fs.ts'

const freeTries = 4
const maxTries = 10
const firstWaitMs = 30_000
/** Always as long as this, so that a full disk can take it in place; within one sector, so that it is written whole or not. */
const textLength = 64

const Tries = z.object({ wrong: z.int().min(0), since: z.number() })
type Tries = z.infer<typeof Tries>

export type TryVerdict =
  | { readonly may: 'try' }
  | { readonly may: 'wait'; readonly retryAfterMs: number }
  | { readonly may: 'not' }

/**
 * Counts wrong passphrases. The count is on the disk before a try begins, so pulling the plug in the middle of one wins nothing.
 * From the fifth wrong one there is a wait that doubles; after the tenth only a sign-in at the centre helps.
 */
export interface UnlockTries {
  check(): Promise<TryVerdict>
  /** Counts a try as wrong before it is made. */
  begin(): Promise<void>
  /** The try was right, or the person signed in at the centre. */
  forget(): Promise<void>
}

export function unlockTries(fs: DurableFs, folder: string, now: () => number): UnlockTries {
  const name = 'tries.json'

  async function read(): Promise<Tries> {
    const bytes = await readWhole(fs, `${folder}/${name}`)
    if (!bytes) return { wrong: 0, since: 0 }
    try {
      return Tries.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    } catch {
      // It is only ever replaced whole, so somebody changed it: be strict.
      return { wrong: maxTries - 1, since: now() }
    }
  }

  /** A full disk has no room for a second file: then the one that is there is written over. Without it nobody could unlock. */
  async function write(tries: Tries): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(tries).padEnd(textLength))
    try {
      await writeAtomically(fs, folder, name, bytes)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      await writeOver(bytes)
    }
  }

  async function writeOver(bytes: Uint8Array): Promise<void> {
    try {
      const file = await fs.open(`${folder}/${name}`, 'write')
      try {
        await file.write(bytes, 0)
        await file.sync()
      } finally {
        await file.close()
      }
    } catch (cause) {
      if (isDiskFull(cause) || errorCode(cause) === 'ENOENT') throw new Problem('disk-full', {}, { cause })
      throw cause
    }
  }

  return {
    async check() {
      const tries = await read()
      if (tries.wrong >= maxTries) return { may: 'not' }
      const passed = now() - tries.since
      if (passed < 0) {
        // The clock was set back: the wait begins anew, so that no earlier time can be chosen to have passed.
        const again = { ...tries, since: now() }
        await write(again)
        return waitOrTry(waitAfter(again.wrong))
      }
      return waitOrTry(waitAfter(tries.wrong) - passed)
    },
    async begin() {
      await write({ wrong: (await read()).wrong + 1, since: now() })
    },
    async forget() {
      if ((await read()).wrong > 0) await write({ wrong: 0, since: now() })
    },
  }
}

/** Milliseconds to wait after that many wrong tries: 0 up to the fourth, then 30 s, 1 min, 2 min, 4 min, 8 min. */
export function waitAfter(wrong: number): number {
  return wrong <= freeTries ? 0 : firstWaitMs * 2 ** (wrong - freeTries - 1)
}

function waitOrTry(ms: number): TryVerdict {
  return ms > 0 ? { may: 'wait', retryAfterMs: ms } : { may: 'try' }
}
