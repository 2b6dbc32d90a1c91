import { CaseRecord } from '#domain/case.ts'
import type { CaseEntry, CaseView } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import { fromBase64Url } from '#sync/jws.ts'
import type { CaseLine, Ledger } from '#sync/ledger.ts'
import type { Boxes } from '#sync/ports.ts'
import type { Progress } from '#sync/progress.ts'
import { Manifest } from '#sync/protocol.ts'
import type { StoredFile } from '../files/file-store.ts'
import { revisionOf, viewCase } from './case-view.ts'
import type { PlainFile } from './workstation.ts'

const RECORD_FILE = 'record.json'
/** Records of ten thousand findings are a few MB; more than this is not one of ours. */
const RECORD_LIMIT = 128 * 1024 * 1024

/** Formats that list calls, whatever their role is said to be. */
const LISTS: ReadonlySet<string> = new Set(['vcf', 'vcf.gz', 'tbi', 'bedpe'])

export interface CaseStorePorts {
  readonly ledger: Ledger
  readonly boxes: Boxes
  readonly progress: Progress
  readonly openFile: (manifest: Manifest, fileId: string) => Promise<StoredFile>
  readonly now: () => Date
}

/** What is on this device, ready for the page: published versions only, each read through its own verified manifest. */
export function createCaseStore({ ledger, boxes, progress, openFile, now }: CaseStorePorts) {
  const records = new Map<string, { readonly hash: string; readonly record: CaseRecord }>()
  const files = new Map<string, Promise<StoredFile>>()
  // Asked for at every range of reads; a manifest of a whole genome names tens of thousands of chunks.
  const manifests = new Map<string, { readonly hash: string; readonly manifest: Manifest; readonly signedBy: string }>()

  const day = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now())

  function published(caseId: string): { readonly line: CaseLine; readonly manifest: Manifest; readonly signedBy: string } {
    const line = ledger.cases.get(caseId)
    if (line?.withdrawn || line?.purging) throw new Problem('withdrawn')
    if (!line?.published) throw new Problem('not-here')
    const { hash, manifest: jws } = line.published
    let held = manifests.get(caseId)
    if (held?.hash !== hash) {
      held = { hash, ...openedBefore(jws) }
      manifests.set(caseId, held)
    }
    return { line, manifest: held.manifest, signedBy: held.signedBy }
  }

  async function record(caseId: string): Promise<CaseRecord> {
    const { line, manifest } = published(caseId)
    const hash = line.published?.hash ?? ''
    const held = records.get(caseId)
    if (held?.hash === hash) return held.record
    const file = await openFile(manifest, RECORD_FILE)
    if (file.size > RECORD_LIMIT) {
      await file.close()
      throw new Problem('record-broken')
    }
    const bytes = await file.read(0, file.size).finally(() => file.close())
    let parsed: CaseRecord
    try {
      parsed = CaseRecord.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    } catch (cause) {
      throw new Problem('record-broken', {}, { cause })
    }
    if (parsed.id !== caseId) throw new Problem('record-broken')
    records.set(caseId, { hash, record: parsed })
    return parsed
  }

  /**
   * Whether a file lists calls: its rows hold what the wishes seal. Refused in every case alike, since a refusal in some cases only
   * would tell which of them have something sealed; the page draws findings from the record.
   */
  async function listsCalls(caseId: string, manifest: Manifest, fileId: string): Promise<boolean> {
    const named = (await record(caseId)).files.find(it => it.id === fileId)
    const role = manifest.files.find(it => it.id === fileId)?.role
    return [role, named?.role].some(it => it === 'variants' || it === 'variants-index') || LISTS.has(named?.format ?? 'other')
  }

  function entry(line: CaseLine): CaseEntry {
    const going = progress.view().find(it => it.caseId === line.id)
    const bytes = line.published?.bytes ?? going?.of ?? 0
    const complete = line.published !== undefined && line.published.version >= line.announced
    const filesHere = complete ? published(line.id).manifest.files.length : (going?.files.filter(it => it.done).length ?? 0)
    return {
      id: line.id,
      version: line.published?.version ?? 0,
      revision: revisionOf(line, day()),
      withdrawn: line.withdrawn || line.purging,
      presence: {
        state: complete ? 'complete' : line.published || (going?.bytes ?? 0) > 0 ? 'partial' : 'absent',
        filesHere,
        files: complete ? filesHere : (going?.files.length ?? 0),
        bytesHere: complete ? bytes : (going?.bytes ?? 0),
        bytes: complete ? bytes : (going?.of ?? bytes),
      },
      ...(going?.problem ? { problem: going.problem } : {}),
    }
  }

  return {
    day,
    published,
    record,
    entries: (): CaseEntry[] =>
      [...ledger.cases.values()].map(line => (line.withdrawn || line.purging ? withdrawnEntry(line, day()) : entry(line))),
    async view(caseId: string): Promise<CaseView> {
      const { line, manifest, signedBy } = published(caseId)
      return viewCase({
        entry: entry(line),
        record: await record(caseId),
        manifest,
        signedBy,
        head: ledger.head(caseId),
        line,
        boxes,
        day: day(),
      })
    },
    async file(caseId: string, fileId: string): Promise<PlainFile> {
      const { line, manifest } = published(caseId)
      // The record holds what the wishes seal: the page gets it only through the gate of `view`.
      if (fileId === RECORD_FILE) throw new Problem('forbidden')
      if (await listsCalls(caseId, manifest, fileId)) throw new Problem('forbidden')
      const key = `${line.published?.hash}/${fileId}`
      let opened = files.get(key)
      if (!opened) {
        opened = openFile(manifest, fileId)
        files.set(key, opened)
        opened.catch(() => files.delete(key))
      }
      return opened
    },
    /** Closes what is open and drops what was read: of one case after a purge, of all when the vault locks. */
    async forget(caseId?: string): Promise<void> {
      for (const held of [records, manifests]) {
        if (caseId) held.delete(caseId)
        else held.clear()
      }
      const open = [...files.values()]
      files.clear()
      await Promise.all(open.map(async file => (await file.catch(() => undefined))?.close()))
    },
  }
}
export type CaseStore = ReturnType<typeof createCaseStore>

/** A manifest whose signature was checked before it was journalled; the journal is sealed, so here it is only read. */
function openedBefore(jws: string): { readonly manifest: Manifest; readonly signedBy: string } {
  const [head = '', body = ''] = jws.split('.').map(part => new TextDecoder().decode(fromBase64Url(part)))
  return { manifest: Manifest.parse(JSON.parse(body)), signedBy: (JSON.parse(head) as { kid?: string }).kid ?? '' }
}

function withdrawnEntry(line: CaseLine, day: string): CaseEntry {
  const nothing = { state: 'absent' as const, filesHere: 0, files: 0, bytesHere: 0, bytes: 0 }
  return { id: line.id, version: 0, revision: revisionOf(line, day), withdrawn: true, presence: nothing }
}
