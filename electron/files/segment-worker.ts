import { parentPort } from 'node:worker_threads'
import { chooseAead } from '../vault/aead.ts'
import { openSegments, type SegmentJob } from './segment-job.ts'

export interface WorkerQuestion {
  readonly id: number
  readonly job: SegmentJob
}

const port = parentPort
const choosing = chooseAead()

port?.on('message', async ({ id, job }: WorkerQuestion) => {
  const answer = openSegments(await choosing, job)
  for (const key of job.dataKeys) key.fill(0)
  // Moved, not copied. Each segment is made into a buffer of its own for that.
  const plain = answer.ok
    ? answer.plain.map(segment => (segment.byteLength === segment.buffer.byteLength ? segment : segment.slice()))
    : []
  port.postMessage(
    { id, answer: answer.ok ? { ok: true, plain } : answer },
    plain.flatMap(segment => (segment.buffer instanceof ArrayBuffer ? [segment.buffer] : [])),
  )
})
