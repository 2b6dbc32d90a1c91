/// <reference lib="webworker" />
import { Problem } from '#domain/problems.ts'
import { type ReadRange, rangedFile } from '../ranged-file.ts'
import { parseSlices, type Slice } from '../reference.ts'
import { bamSource } from './bam-source.ts'
import { countVariant } from './count.ts'
import { cramSource } from './cram-source.ts'
import type { EvidenceAnswer, EvidenceRequest } from './evidence.ts'
import type { ReadSource } from './read.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const sources = new Map<string, ReadSource>()
const references = new Map<string, Promise<readonly Slice[]>>()
let newest = 0

scope.onmessage = ({ data }: MessageEvent<EvidenceRequest>) => {
  newest = data.id
  void answer(data)
}

async function answer(request: EvidenceRequest): Promise<void> {
  for (const file of request.files) {
    // The person has moved on: what is no longer wanted is not read.
    if (request.id !== newest) return
    const reply = (it: EvidenceAnswer) => scope.postMessage(it)
    try {
      const source = await open(request, file)
      const reads = await source.reads(request.contig, request.start, request.start + request.ref.length)
      reply({ id: request.id, key: file.key, evidence: countVariant(reads, request) })
    } catch (failure) {
      sources.delete(file.url)
      reply({ id: request.id, key: file.key, problem: failure instanceof Problem ? failure.code : 'reads-damaged' })
    }
  }
}

async function open(request: EvidenceRequest, file: EvidenceRequest['files'][number]): Promise<ReadSource> {
  const held = sources.get(file.url)
  if (held) return held
  const reads = rangedFile(file.url)
  const index = rangedFile(file.index)
  const source =
    file.format === 'bam' ? bamSource(reads, index, file.csi) : cramSource(reads, index, await basesOf(request.reference))
  sources.set(file.url, source)
  return source
}

async function basesOf(url: string | undefined): Promise<(contig: string, start: number, end: number) => string> {
  const slices = url ? await slicesOf(url) : []
  return (contig, start, end) => {
    const slice = slices.find(it => it.contig === contig && it.start <= start && it.end >= end)
    if (slice) return slice.bases.slice(start - slice.start, end - slice.start)
    let text = ''
    for (let at = start; at < end; at += 1) {
      const one = slices.find(it => it.contig === contig && it.start <= at && it.end > at)
      text += one ? one.bases[at - one.start] : 'N'
    }
    return text
  }
}

function slicesOf(url: string): Promise<readonly Slice[]> {
  let slices = references.get(url)
  if (!slices) {
    const file: ReadRange = rangedFile(url)
    slices = file.size().then(async size => parseSlices(new TextDecoder().decode(await file.read(0, size))))
    references.set(url, slices)
  }
  return slices
}
