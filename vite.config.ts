import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { igvOffline } from './viewer/igv-offline-plugin.mjs'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ mode }) => ({
  root: here('./renderer'),
  base: './',
  plugins: [react(), igvOffline()],
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
