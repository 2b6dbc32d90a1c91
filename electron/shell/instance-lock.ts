import { readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'

/** Each costs a few calls of the file system; whoever loses so often lost to one that runs. */
const ATTEMPTS = 20

/**
 * One workstation per profile: two would write one journal. Answers how to let go, or undefined when a living process holds it.
 * A lock left behind by a killed process is taken over, also when its number has been given to another program since.
 */
export async function holdInstance(path: string): Promise<(() => Promise<void>) | undefined> {
  const mine = `${process.pid} ${(await lifeOf(process.pid))?.birth ?? ''}`.trim()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await place(path, mine))
      return async () => {
        if ((await holderAt(path)) === mine) await rm(path, { force: true })
      }
    const holder = await holderAt(path)
    if (await lives(holder)) return undefined
    await takeAway(path, holder, mine)
  }
  return undefined
}

/** The name of a link is there whole or not at all, and needs no space: a full disk must not look like a second workstation. */
async function place(path: string, mark: string): Promise<boolean> {
  try {
    await symlink(mark, path)
    return true
  } catch (failure) {
    if (codeOf(failure) === 'EEXIST') return false
  }
  // Windows gives links to administrators only.
  try {
    await writeFile(path, mark, { flag: 'wx', mode: 0o600 })
    return true
  } catch (failure) {
    if (codeOf(failure) === 'EEXIST') return false
    throw failure
  }
}

async function holderAt(path: string): Promise<string> {
  return readlink(path).catch(() => readFile(path, 'utf8').catch(() => ''))
}

/**
 * Under a claim of its own, and only if the dead one's lock is still what lies there: of several that find it dead, the slow ones
 * would otherwise take away the lock of the quick one. A claim whose maker died in the middle goes too.
 */
async function takeAway(path: string, dead: string, mine: string): Promise<void> {
  const claim = `${path}.over`
  if (!(await place(claim, mine))) {
    if (!(await lives(await holderAt(claim)))) await rm(claim, { force: true })
    return
  }
  try {
    if ((await holderAt(path)) === dead) await rm(path, { force: true })
  } finally {
    await rm(claim, { force: true })
  }
}

async function lives(holder: string): Promise<boolean> {
  const [, number = '', birth] = /^(\d{1,10})(?: (\S+))?$/.exec(holder) ?? []
  const pid = Number(number)
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
  } catch (failure) {
    if (codeOf(failure) !== 'EPERM') return false
  }
  const now = await lifeOf(pid)
  if (now?.ended) return false
  return birth === undefined || now === undefined ? pid !== process.pid : birth === now.birth
}

/**
 * Which of all processes that ever had this number it is: boot and start time, from /proc where there is one (proc(5): field 22,
 * after the name in brackets, which may hold anything). Elsewhere the number alone must do.
 */
async function lifeOf(pid: number): Promise<{ readonly birth: string; readonly ended: boolean } | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { birth: `${boot}:${fields[19]}`, ended: fields[0] === 'Z' || fields[0] === 'X' }
  } catch {
    return undefined
  }
}

function codeOf(failure: unknown): string | undefined {
  return (failure as NodeJS.ErrnoException).code
}
