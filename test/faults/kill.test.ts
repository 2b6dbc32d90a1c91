import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJournal } from '../../electron/journal/journal.ts'
import { nodeFs } from '../../electron/journal/node-fs.ts'
import { buildChild, chance, killRounds } from './kill-harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'kill-'))
let child = { path: '', folder: '' }
beforeAll(async () => {
  child = await buildChild(fileURLToPath(new URL('./recording-child.ts', import.meta.url)))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  rmSync(child.folder, { recursive: true })
})

/** Ids in the journal, oldest first; fails when it is damaged or slow to open. */
async function recorded(): Promise<string[]> {
  const started = performance.now()
  const opened = await openJournal({
    fs: nodeFs(),
    folder,
    key: new Uint8Array(32).fill(7),
    clock: { now: () => new Date(0) },
    random: length => new Uint8Array(length).fill(9),
    reserveBytes: 1 << 20,
  })
  if (!opened.ok) throw new Error(`journal-damaged at ${opened.error.offset}`)
  expect(performance.now() - started).toBeLessThan(3_000)
  const ids: string[] = []
  for await (const { body } of opened.value.scan())
    if (typeof body === 'object' && body !== null && 'id' in body) ids.push(String(body.id))
  await opened.value.close()
  return ids
}

test('50 kills at random moments: every act printed as recorded is in the journal, once and in order', async () => {
  const next = chance(2026)
  const acknowledged: string[] = []
  await killRounds({
    rounds: 50,
    start: round => spawn(process.execPath, [child.path, folder, `r${round}`], { stdio: ['ignore', 'pipe', 'pipe'] }),
    when: () => ({ lines: 1 + next(40), pauseMs: next(12) }),
    async afterKill(lines) {
      acknowledged.push(...lines)
      const ids = await recorded()
      const present = new Set(ids)
      expect(present.size).toBe(ids.length)
      expect(acknowledged.filter(id => !present.has(id))).toEqual([])
      const order = (desk: string) => ids.filter(id => id.startsWith(desk))
      const first = (lines[0] ?? '').split('-').slice(0, 2).join('-')
      expect(order(`${first}-`)).toEqual(order(`${first}-`).map((_, count) => `${first}-${count}`))
    },
  })
  expect(acknowledged.length).toBeGreaterThan(1_000)
}, 120_000)
