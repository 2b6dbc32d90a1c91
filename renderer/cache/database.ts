import { Dexie, type Table } from 'dexie'

/** Rows as they lie on disk. In clear: random ids, a revision, a part number. Everything else is sealed. */
export interface SealedRow {
  readonly slot: string
  readonly part: number
  readonly revision: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

export type RoomName = 'summaries' | 'views' | 'drafts'

/** Raised whenever the shape of what is sealed changes: older rows are dropped, not migrated, because they can be rebuilt. */
export const CACHE_SCHEMA = 1

export interface CacheDatabase extends Dexie {
  readonly summaries: Table<SealedRow, [string, number]>
  readonly views: Table<SealedRow, [string, number]>
  readonly drafts: Table<SealedRow, [string, number]>
  readonly about: Table<{ readonly key: string; readonly value: number }, string>
}

export function openCacheDatabase(
  name: string,
  factory?: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange },
): CacheDatabase {
  const database = new Dexie(name, factory ? { ...factory, autoOpen: true } : { autoOpen: true }) as CacheDatabase
  database
    .version(1)
    .stores({ summaries: '[slot+part],slot', views: '[slot+part],slot', drafts: '[slot+part],slot', about: 'key' })
  return database
}
