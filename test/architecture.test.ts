import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** Who may import whom. A room not named may import nothing but itself. */
const LAW: Record<string, readonly string[]> = {
  domain: [],
  sync: ['domain'],
  viewer: ['domain'],
  renderer: ['domain', 'sync', 'viewer'],
  electron: ['domain', 'sync'],
  fixtures: ['domain', 'sync', 'electron'],
  test: ['domain', 'sync', 'viewer', 'renderer', 'electron', 'fixtures'],
}
/** Packages a pure room may use. */
const PACKAGES: Record<string, RegExp> = {
  domain: /^zod$/,
  sync: /^zod$/,
  viewer: /^(igv(\/|$)|@gmod\/|generic-filehandle2$|react(\/|-dom|$)|zod$)/,
}
const ELECTRON_ONLY_IN = ['electron/main.ts', 'electron/shell/electron-shell.ts']
const ROOT = process.cwd()

interface Edge {
  readonly from: string
  readonly to: string
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'node_modules' || name === 'data' ? [] : sources(path)
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const patterns = [
    /^\s*import\s+(?:type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]/gm,
    /^\s*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"]([^'"\n]+)['"]/gm,
    /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g,
  ]
  return patterns.flatMap(pattern => [...text.matchAll(pattern)].map(match => match[1] ?? ''))
}

const files = Object.keys(LAW).flatMap(room => sources(join(ROOT, room)))
const product = files.filter(path => !/\.test\.tsx?$/.test(path) && !/(^|\/)testing(\/|\.ts$)/.test(path))

function roomOf(path: string): string {
  return relative(ROOT, path).split('/')[0] ?? ''
}

function edges(paths: readonly string[]): Edge[] {
  return paths.flatMap(path =>
    importsOf(path).map(target => {
      if (target.startsWith('#')) return { from: relative(ROOT, path), to: target.slice(1) }
      if (target.startsWith('.')) return { from: relative(ROOT, path), to: relative(ROOT, resolve(dirname(path), target)) }
      return { from: relative(ROOT, path), to: target }
    }),
  )
}

const isRoom = (name: string) => name in LAW
const roomOfTarget = (to: string) => to.split('/')[0] ?? ''

test('rooms import only whom the law allows', () => {
  const inside = edges(product).filter(({ to }) => isRoom(roomOfTarget(to)))
  const seen = inside.filter(({ from, to }) => roomOf(join(ROOT, from)) !== roomOfTarget(to))
  // A guard that saw nothing has guarded nothing.
  expect(seen.length).toBeGreaterThan(50)
  const broken = seen.filter(({ from, to }) => !LAW[roomOf(join(ROOT, from))]?.includes(roomOfTarget(to)))
  expect(broken).toEqual([])
})

test('pure rooms use no Node and only the packages they are allowed', () => {
  const outside = edges(product).filter(({ to }) => !isRoom(roomOfTarget(to)))
  expect(outside.length).toBeGreaterThan(100)
  const broken = outside.filter(({ from, to }) => {
    const allowed = PACKAGES[roomOf(join(ROOT, from))]
    return allowed && !allowed.test(to) && !from.includes('/harness/')
  })
  expect(broken).toEqual([])
})

test('Electron is imported in two files', () => {
  const users = edges(product)
    .filter(({ to }) => to === 'electron')
    .map(({ from }) => from)
  expect([...new Set(users)].sort()).toEqual([...ELECTRON_ONLY_IN].sort())
})

test('builders for tests are not part of the product', () => {
  expect(edges(product).filter(({ from, to }) => !from.startsWith('test/') && /(^|\/)testing(\/|\.ts)?$/.test(to))).toEqual([])
})

test('igv is imported in one file', () => {
  const users = edges(product)
    .filter(({ to }) => to === 'igv' || to.startsWith('igv/'))
    .map(({ from }) => from)
  expect([...new Set(users)]).toEqual(['viewer/igv.ts'])
})

test('no file has grown past 400 lines, and half are under 120', () => {
  const lengths = product.map(path => ({ path: relative(ROOT, path), lines: readFileSync(path, 'utf8').split('\n').length }))
  expect(lengths.filter(({ lines }) => lines > 400)).toEqual([])
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120)
})
