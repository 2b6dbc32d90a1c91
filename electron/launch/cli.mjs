// Builds the command line when its sources are newer than the last build, then runs it. Prints nothing of its own on stdout.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = join(root, 'dist/cli/cli.mjs')
const stampFile = join(root, 'dist/cli/stamp')
const rooms = ['domain', 'sync', 'viewer', 'electron', 'fixtures']

if (!existsSync(join(root, 'node_modules/vite'))) {
  process.stderr.write('the dependencies are not installed: run npm ci, then again\n')
  process.exit(2)
}

const stamp = stampOfSources()
if (!existsSync(built) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) await build()
await import(pathToFileURL(built).href)

/** Name, size and time of every source: cheap to take, and different after any edit or checkout. */
function stampOfSources() {
  const hash = createHash('sha256')
  const look = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) look(path)
      else if (/\.(ts|tsx|json)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path)
        hash.update(`${path} ${size} ${mtimeMs}\n`)
      }
    }
  }
  for (const room of rooms) if (existsSync(join(root, room))) look(join(root, room))
  const lock = statSync(join(root, 'package-lock.json'))
  return hash.update(`${lock.size} ${lock.mtimeMs} ${process.version}`).digest('hex')
}

/** Into a folder of this process, then one rename: two command lines started at once must not read each other's half a file. */
async function build() {
  const folder = join(root, `dist/cli-${process.pid}`)
  const { build: viteBuild } = await import('vite')
  try {
    await viteBuild({
      root,
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: 'electron/cli/cli.ts',
        outDir: folder,
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        rollupOptions: { output: { entryFileNames: 'cli.mjs', codeSplitting: false } },
      },
    })
    mkdirSync(join(root, 'dist/cli'), { recursive: true })
    renameSync(join(folder, 'cli.mjs'), built)
    writeFileSync(`${stampFile}.${process.pid}`, stamp)
    renameSync(`${stampFile}.${process.pid}`, stampFile)
  } catch (error) {
    process.stderr.write(`the command line cannot be built: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
