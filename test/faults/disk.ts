type FileChange =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly length: number }

/** One file: what programs see (`cached`), what is surely on the platter (`durable`), and the changes between them. */
export class Inode {
  cached: Uint8Array
  durable: Uint8Array
  pending: FileChange[] = []

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.cached = bytes
    this.durable = bytes
  }

  write(change: FileChange): void {
    this.cached = applied(this.cached, change)
    this.pending.push(change)
  }

  sync(): void {
    this.durable = this.pending.reduce(applied, this.durable)
    this.pending = []
  }

  /** After a failed fsync: the changes stay visible, but no later fsync carries them. */
  forget(): void {
    this.pending = []
  }
}

type NameChange =
  | { readonly kind: 'set'; readonly path: string; readonly inode: Inode }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'delete'; readonly path: string }

/** Files by path. Names are durable only after the folder is synced; folders themselves always are. */
export class Disk {
  names: Map<string, Inode>
  durableNames: Map<string, Inode>
  pending: NameChange[] = []

  constructor(names: Map<string, Inode> = new Map()) {
    this.names = names
    this.durableNames = new Map(names)
  }

  create(path: string): Inode {
    const inode = new Inode()
    this.#change({ kind: 'set', path, inode })
    return inode
  }

  link(inode: Inode, path: string): void {
    if (this.names.has(path)) throw Object.assign(new Error('EEXIST: link'), { code: 'EEXIST' })
    this.#change({ kind: 'set', path, inode })
  }

  rename(from: string, to: string): void {
    if (!this.names.has(from) && ![...this.names.keys()].some(path => path.startsWith(`${from}/`))) throw missing('rename')
    this.#change({ kind: 'rename', from, to })
  }

  unlink(path: string): void {
    lookUp(this, path)
    this.#change({ kind: 'delete', path })
  }

  removeFolder(folder: string): void {
    for (const path of [...this.names.keys()]) if (path.startsWith(`${folder}/`)) this.#change({ kind: 'delete', path })
  }

  list(folder: string): readonly string[] {
    const inside = [...this.names.keys()].filter(path => path.startsWith(`${folder}/`))
    return [...new Set(inside.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))]
  }

  syncFolder(folder: string): void {
    const here = this.pending.filter(change => touches(change, folder))
    this.durableNames = here.reduce(named, this.durableNames)
    this.pending = this.pending.filter(change => !touches(change, folder))
  }

  #change(change: NameChange): void {
    this.names = named(this.names, change)
    this.pending.push(change)
  }
}

export function emptyDisk(): Disk {
  return new Disk()
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

export function lookUp(disk: Disk, path: string): Inode {
  const inode = disk.names.get(path)
  if (!inode) throw missing('open')
  return inode
}

/**
 * The disks that may be found after the power went at this moment: unsynced names arrived up to some point, and of the unsynced
 * writes of each file nothing, all, a torn part (sectors of 512 and 4,096 bytes), or the later sectors without the earlier ones.
 */
export function* crashImages(disk: Disk): Iterable<{ readonly how: string; readonly disk: Disk }> {
  for (let names = 0; names <= disk.pending.length; names++) {
    const arrived = disk.pending.slice(0, names).reduce(named, disk.durableNames)
    const unsynced = [...new Set(arrived.values())].some(inode => inode.pending.length > 0)
    for (const how of unsynced ? contents : contents.slice(0, 1))
      yield { how: `${names} of ${disk.pending.length} names, ${how.name}`, disk: snapshot(arrived, how.of) }
  }
}

const contents: readonly { readonly name: string; of(inode: Inode): Uint8Array }[] = [
  { name: 'unsynced writes lost', of: inode => inode.durable },
  { name: 'unsynced writes there', of: inode => inode.pending.reduce(applied, inode.durable) },
  { name: 'last write lost', of: inode => inode.pending.slice(0, -1).reduce(applied, inode.durable) },
  { name: 'first write lost', of: inode => inode.pending.slice(1).reduce(applied, inode.durable) },
  ...[512, 4096].flatMap(sector => [
    { name: `torn after a sector of ${sector}`, of: (inode: Inode) => torn(inode, sector, index => index === 0, false) },
    { name: `size grown, no sector of ${sector} there`, of: (inode: Inode) => torn(inode, sector, () => false, true) },
    { name: `first sector of ${sector} missing`, of: (inode: Inode) => torn(inode, sector, index => index > 0, true) },
    {
      name: `every second sector of ${sector} missing`,
      of: (inode: Inode) => torn(inode, sector, index => index % 2 === 1, true),
    },
  ]),
]

/** The last write arrives only in those sectors of the disk that `arrives` names (counted from the first one it touches). */
function torn(inode: Inode, sector: number, arrives: (index: number) => boolean, sizeGrows: boolean): Uint8Array {
  const before = inode.pending.slice(0, -1).reduce(applied, inode.durable)
  const last = inode.pending.at(-1)
  if (last?.kind !== 'write') return before
  const firstSector = Math.floor(last.position / sector)
  let result = before
  let grownTo = before.length
  for (let offset = 0; offset < last.bytes.length; ) {
    const at = last.position + offset
    const next = Math.min(last.bytes.length, offset + sector - (at % sector))
    if (arrives(Math.floor(at / sector) - firstSector))
      result = applied(result, { kind: 'write', position: at, bytes: last.bytes.subarray(offset, next) })
    grownTo = Math.max(grownTo, last.position + next)
    offset = next
  }
  return sizeGrows && result.length < grownTo ? applied(result, { kind: 'truncate', length: grownTo }) : result
}

function snapshot(names: ReadonlyMap<string, Inode>, of: (inode: Inode) => Uint8Array): Disk {
  const copies = new Map<Inode, Inode>()
  const copy = (inode: Inode) => {
    const made = copies.get(inode) ?? new Inode(of(inode).slice())
    copies.set(inode, made)
    return made
  }
  return new Disk(new Map([...names].map(([path, inode]) => [path, copy(inode)])))
}

function applied(bytes: Uint8Array, change: FileChange): Uint8Array {
  const length = change.kind === 'truncate' ? change.length : Math.max(bytes.length, change.position + change.bytes.length)
  const result = new Uint8Array(length)
  result.set(bytes.subarray(0, length), 0)
  if (change.kind === 'write') result.set(change.bytes, change.position)
  return result
}

function named(names: ReadonlyMap<string, Inode>, change: NameChange): Map<string, Inode> {
  const result = new Map(names)
  if (change.kind === 'set') result.set(change.path, change.inode)
  else if (change.kind === 'delete') result.delete(change.path)
  else
    for (const [path, inode] of names)
      if (path === change.from || path.startsWith(`${change.from}/`)) {
        result.delete(path)
        result.set(change.to + path.slice(change.from.length), inode)
      }
  return result
}

/** Does the change concern the entries of this folder? A rename belongs to both folders; syncing either is taken as enough. */
function touches(change: NameChange, folder: string): boolean {
  if (change.kind === 'rename') return parentOf(change.from) === folder || parentOf(change.to) === folder
  return parentOf(change.path) === folder
}

function missing(name: string): Error {
  return Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' })
}
