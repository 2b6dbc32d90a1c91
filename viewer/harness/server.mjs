// biome-ignore-all lint/correctness/noNodejsModules: a development server that stands in for the privileged side.
//
//   node viewer/harness/server.mjs [port]
//
// Builds the harness page and serves it with the page's real policy, the reference data and the files of fixtures/cases by closed
// ranges. Never part of a release.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { igvOffline } from '../igv-offline-plugin.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(root, 'dist/viewer-harness')

export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; object-src 'none'"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' }

export async function buildHarness() {
  await build({
    configFile: false,
    root: join(root, 'viewer/harness'),
    logLevel: 'warn',
    plugins: [igvOffline()],
    worker: { format: 'es' },
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'chrome114',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: false,
      chunkSizeWarningLimit: 9000,
    },
  })
}

/** Where a path lives; a case is a folder of `cases` by name. */
function fileOf(path, cases) {
  const match = path.match(/^\/api\/cases\/([\w-]+)\/files\/([\w.-]+)$/)
  if (match) return join(cases[match[1]] ?? join(root, 'fixtures/cases', match[1]), match[2])
  if (path.startsWith('/reference/')) return join(root, 'dist', normalize(path))
  return join(out, normalize(path === '/' ? '/index.html' : path))
}

/** `cases` maps a name to a folder elsewhere. Resolves to the origin and a way to close. */
export function serveHarness({ port = 0, cases = {} } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://local')
    const file = fileOf(pathname, cases)
    const headers = { 'content-security-policy': POLICY, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, { ...headers, 'content-type': 'application/problem+json' }).end('{"code":"not-here"}')
      return
    }
    const { size, mtimeMs } = statSync(file)
    const common = {
      ...headers,
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'accept-ranges': 'bytes',
      etag: `"${size}-${Math.floor(mtimeMs)}"`,
    }
    const match = request.headers.range?.match(/^bytes=(\d+)-(\d+)$/)
    if (request.method === 'HEAD') response.writeHead(200, { ...common, 'content-length': size }).end()
    else if (match) {
      const first = Number(match[1])
      const last = Math.min(Number(match[2]), size - 1)
      if (first > last) response.writeHead(416, common).end()
      else {
        response.writeHead(206, {
          ...common,
          'content-length': last - first + 1,
          'content-range': `bytes ${first}-${last}/${size}`,
        })
        createReadStream(file, { start: first, end: last }).pipe(response)
      }
    } else {
      response.writeHead(200, { ...common, 'content-length': size })
      createReadStream(file).pipe(response)
    }
  })
  return new Promise(resolve => {
    server.listen(port, '127.0.0.1', () =>
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise(done => server.close(done)) }),
    )
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildHarness()
  const { origin } = await serveHarness({ port: Number(process.argv[2] ?? 4700) })
  process.stdout.write(`${origin}\n`)
}
