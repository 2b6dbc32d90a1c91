import type { ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface KillRounds {
  readonly rounds: number
  /** Starts the process that records. It prints one line for each act, after the act is recorded and not before. */
  start(round: number): ChildProcess
  /** Lines to wait for before the kill, and the pause after the last of them, for each round. */
  when(round: number): { readonly lines: number; readonly pauseMs: number }
  /** Called after each kill with all complete lines of that round. */
  afterKill(lines: readonly string[], round: number): Promise<void>
  /** A start that gives its first line later than this is a failure; 10 s if not said. */
  readonly firstLineMs?: number
}

/** Starts, lets it record, kills it with SIGKILL at the asked moment, and looks; as often as asked. */
export async function killRounds(options: KillRounds): Promise<void> {
  for (let round = 0; round < options.rounds; round++) {
    const lines = await oneRound(options.start(round), options.when(round), options.firstLineMs ?? 10_000)
    await options.afterKill(lines, round)
  }
}

function oneRound(
  child: ChildProcess,
  when: { readonly lines: number; readonly pauseMs: number },
  firstLineMs: number,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let text = ''
    let errors = ''
    let killing = false
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`no line within ${firstLineMs} ms: ${errors}`))
    }, firstLineMs)
    child.stdout?.on('data', piece => {
      clearTimeout(late)
      text += String(piece)
      if (killing || text.split('\n').length - 1 < when.lines) return
      killing = true
      setTimeout(() => child.kill('SIGKILL'), when.pauseMs)
    })
    child.stderr?.on('data', piece => {
      errors += String(piece)
    })
    child.on('error', reject)
    // 'close' comes after the pipe was read to its end: what was printed before the kill is all here.
    child.on('close', (code, signal) => {
      clearTimeout(late)
      // A line without its end was cut by the kill: not acknowledged.
      if (signal === 'SIGKILL' && killing) resolve(text.split('\n').slice(0, -1))
      else reject(new Error(`the process ended by itself (${code ?? signal}): ${errors}`))
    })
  })
}

/** A child script in TypeScript as one file that node runs. The folder is the caller's to remove. */
export async function buildChild(entry: string): Promise<{ readonly path: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'child-'))
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['sodium-native'] },
    build: {
      ssr: entry,
      outDir: folder,
      target: 'node18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'child.mjs', codeSplitting: false } },
    },
  })
  return { path: join(folder, 'child.mjs'), folder }
}

/** The same numbers in every run. */
export function chance(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
