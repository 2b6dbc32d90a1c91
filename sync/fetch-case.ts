import { Problem } from '#domain/problems.ts'
import { fromBase64Url, openJws, utf8 } from './jws.ts'
import type { Progress } from './progress.ts'
import type { Manifest, ManifestFile } from './protocol.ts'
import type { PullPorts } from './pull.ts'
import { openManifest, type Trust, TYP } from './trust.ts'

/** Chunks in flight for one case: enough to hide the round trip, few enough to keep a cancel quick. */
const IN_FLIGHT = 3

/**
 * Brings one announced case here: manifest, missing chunks, grant, publish. Whatever was fetched before stays; a failure or a
 * cancel leaves the version that is read now untouched.
 */
export async function fetchCase(
  caseId: string,
  ports: PullPorts,
  trust: Trust,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { centre, journal, packages, crypto, clock } = ports
  const { published: held, announced } = journal.ledger.case(caseId)
  progress.state(caseId, 'manifest')
  const jws = await centre.manifest(caseId, signal)
  const opened = await openManifest(
    jws,
    caseId,
    // Older than what was announced is as much a replay as older than what is here.
    Math.max(held?.version ?? 0, announced),
    trust,
    clock.now(),
    crypto,
  )
  if (!opened.ok) throw new Problem(opened.error)
  const manifest = opened.value
  const hash = await crypto.sha256(utf8(jws))
  if (held?.version === manifest.version) {
    // The same version must be the same manifest: two different ones under one number is an attack or a fault.
    if (held.hash !== hash) throw new Problem('manifest-foreign')
    progress.state(caseId, 'done')
    return
  }

  const staging = await packages.stage(manifest)
  progress.plan(caseId, manifest.files)
  for (const file of smallestFirst(manifest.files)) {
    const missing = await staging.missing(file)
    progress.have(caseId, file, missing)
    await inParallel(missing, IN_FLIGHT, async chunk => {
      signal.throwIfAborted()
      const { start, end } = chunkRange(file, chunk)
      const bytes = await centre.download(file.objectId, start, end, signal)
      await staging.write(file, chunk, bytes)
      progress.got(caseId, file, bytes.length)
    })
    progress.fileDone(caseId, file)
  }

  progress.state(caseId, 'publishing')
  const headers = await granted(caseId, manifest, ports, trust, signal)
  signal.throwIfAborted()
  const { bytes } = await packages.publish(manifest, headers)
  await journal.record({ kind: 'published', caseId, version: manifest.version, hash, manifest: jws, bytes })
  progress.state(caseId, 'done')
}

/** The Crypt4GH headers made for this device's key of the case, bound to the case and version by the centre's signature. */
async function granted(
  caseId: string,
  manifest: Manifest,
  { centre, crypto }: PullPorts,
  trust: Trust,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const grant = await centre.grant(caseId, manifest.version, signal)
  const opened = await openJws(grant.jws, TYP.grant, trust.for('manifest'), crypto)
  if (!opened.ok) throw new Problem(opened.error)
  const signed = opened.value as { caseId?: unknown; version?: unknown; headers?: { readonly [id: string]: unknown } }
  if (signed.caseId !== caseId || signed.version !== manifest.version) throw new Problem('manifest-foreign')
  const headers = new Map<string, Uint8Array>()
  for (const { id } of manifest.files) {
    const text = grant.headers[id]
    if (text === undefined) throw new Problem('key-does-not-fit')
    const header = fromBase64Url(text)
    if (signed.headers?.[id] !== (await crypto.sha256(header))) throw new Problem('manifest-foreign')
    headers.set(id, header)
  }
  return headers
}

/** The record and the indexes come first, so that a case cut off half way is already worth opening when it resumes. */
function smallestFirst(files: readonly ManifestFile[]): readonly ManifestFile[] {
  return [...files].sort((a, b) => a.bodySize - b.bodySize)
}

function chunkRange(file: ManifestFile, chunk: number): { readonly start: number; readonly end: number } {
  const start = chunk * file.chunkSize
  return { start, end: Math.min(start + file.chunkSize, file.bodySize) }
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  let failed = false
  const lane = async () => {
    while (next < items.length && !failed) {
      const item = items[next++] as T
      try {
        await work(item)
      } catch (problem) {
        failed = true
        throw problem
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
}
