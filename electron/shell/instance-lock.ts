import { open, readFile, rm } from 'node:fs/promises'

/**
 * One workstation per profile: two would write one journal. Answers how to let go, or undefined when a living process holds it.
 * A lock left behind by a killed process is taken over.
 */
export async function holdInstance(path: string): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      await file.close()
      return () => rm(path, { force: true })
    } catch {
      const holder = Number(await readFile(path, 'utf8').catch(() => ''))
      if (holder > 0 && isAlive(holder)) return undefined
      await rm(path, { force: true })
    }
  }
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM'
  }
}
