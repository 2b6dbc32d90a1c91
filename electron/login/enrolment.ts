import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EnrolmentFile } from '#sync/protocol.ts'

/**
 * The enrolment file that the hospital's administrator put on this machine: the centre's address, its authority and root key.
 * Looked for at PANELBENCH_ENROLMENT, then in the profile. Undefined when there is none or it cannot be read.
 */
export async function readEnrolment(profile: string): Promise<EnrolmentFile | undefined> {
  const path = process.env.PANELBENCH_ENROLMENT ?? join(profile, 'enrolment.json')
  try {
    return EnrolmentFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}
