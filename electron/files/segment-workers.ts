import { Worker } from 'node:worker_threads'
import { Problem } from '#domain/problems.ts'
import type { Aead } from '../vault/aead.ts'
import { openSegments, type SegmentAnswer, type SegmentJob } from './segment-job.ts'

const maxWorkers = 2

/** Opens segments away from the thread that serves the page. */
export interface SegmentWorkers {
  open(job: SegmentJob): Promise<SegmentAnswer>
  /** Ends the workers; keys that they were handed go with them. */
  stop(): Promise<void>
}

/** `workerPath` is the built worker; without one (in tests) the work is done right here. */
export function segmentWorkers(aead: Aead, workerPath: string | undefined): SegmentWorkers {
  if (workerPath === undefined) return { open: async job => openSegments(aead, job), stop: async () => undefined }
  const path = workerPath
  let workers: Busy[] = []
  return {
    open(job) {
      const least = workers.reduce<Busy | undefined>(
        (best, worker) => (!best || worker.load() < best.load() ? worker : best),
        undefined,
      )
      const chosen = least && (least.load() === 0 || workers.length >= maxWorkers) ? least : start()
      return chosen.ask(job)
    },
    async stop() {
      const stopping = workers
      workers = []
      await Promise.all(stopping.map(worker => worker.stop()))
    },
  }

  function start(): Busy {
    const worker = busyWorker(path, () => {
      workers = workers.filter(other => other !== worker)
    })
    workers.push(worker)
    return worker
  }
}

interface Busy {
  load(): number
  ask(job: SegmentJob): Promise<SegmentAnswer>
  stop(): Promise<void>
}

function busyWorker(path: string, onGone: () => void): Busy {
  const worker = new Worker(path)
  // A reader that waits holds the process; an idle worker does not.
  worker.unref()
  const waiting = new Map<number, { resolve(answer: SegmentAnswer): void; reject(error: unknown): void }>()
  let next = 0
  const fail = (error: unknown) => {
    onGone()
    for (const { reject } of waiting.values()) reject(new Problem('internal', {}, { cause: error }))
    waiting.clear()
  }
  worker.on('message', ({ id, answer }: { id: number; answer: SegmentAnswer }) => {
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the worker ended')))
  return {
    load: () => waiting.size,
    ask: job =>
      new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, { resolve, reject })
        worker.ref()
        // The sealed bytes are moved; the keys are copied, and the worker wipes its copy.
        const { buffer } = job.sealed
        const movable = buffer instanceof ArrayBuffer && buffer.byteLength === job.sealed.byteLength
        worker.postMessage({ id, job }, movable ? [buffer] : [])
      }),
    stop: async () => {
      await worker.terminate()
    },
  }
}
