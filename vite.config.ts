import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type PluginOption } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The viewer's own plugin takes the code that would call out of the house out of igv.js; without it the page still builds. */
async function offlineViewer(): Promise<PluginOption[]> {
  const path = here('./viewer/igv-offline-plugin.mjs')
  if (!existsSync(path)) return []
  const module: Record<string, unknown> = await import(pathToFileURL(path).href)
  return Object.values(module)
    .filter(it => typeof it === 'function')
    .slice(0, 1)
    .map(make => (make as () => PluginOption)())
}

export default defineConfig(async ({ mode }) => ({
  root: here('./renderer'),
  base: './',
  plugins: [react(), await offlineViewer()],
  worker: { format: 'es' as const },
  build: {
    outDir: here('./dist/page'),
    emptyOutDir: true,
    target: 'chrome114',
    sourcemap: mode !== 'production',
    // data: fonts and scripts are outside the page's policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
  },
}))
