import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Problem } from '#domain/problems.ts'

/** Answers a packaged file by its exact path. */
export type Assets = (path: string) => Promise<Response>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.gz': 'application/gzip',
}

/**
 * Serves what was there at start and nothing else: the request path is looked up in a table, never joined to a folder, so no
 * spelling of `..` means anything. `mounts` maps a URL prefix to a folder.
 */
export async function createAssets(mounts: Readonly<Record<string, string>>): Promise<Assets> {
  const table = new Map<string, string>()
  for (const [prefix, folder] of Object.entries(mounts)) await list(folder, prefix, table)
  return async path => {
    const file = table.get(path === '/' ? '/index.html' : path)
    if (!file) throw new Problem('not-found')
    const bytes = await readFile(file)
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': String(bytes.length) },
    })
  }
}

async function list(folder: string, prefix: string, table: Map<string, string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const url = `${prefix}/${entry.name}`
    if (entry.isDirectory()) await list(join(folder, entry.name), url, table)
    else if (entry.isFile()) table.set(url, join(folder, entry.name))
  }
}
