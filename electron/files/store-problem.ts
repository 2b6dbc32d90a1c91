import { Problem } from '#domain/problems.ts'
import { errorCode, isDiskFull } from '../journal/durable-fs.ts'

/** Failures of the system in words that people know; anything else stays what it is. */
export async function withProblems<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (isDiskFull(error)) throw new Problem('disk-full', {}, { cause: error })
    if (errorCode(error) === 'ENOENT') throw new Problem('not-here', {}, { cause: error })
    throw error
  }
}
