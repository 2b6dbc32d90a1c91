import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/**
 * The privileged side as CommonJS, since Electron before 28 cannot load an ES module as main. Everything is bundled but what
 * must be a file of its own: Electron itself, the native cipher library, and pdfmake with its data files.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/electron',
    emptyOutDir: true,
    target: 'node18',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: {
        main: resolve('electron/main.ts'),
        loopback: resolve('electron/loopback.ts'),
        'segment-worker': resolve('electron/files/segment-worker.ts'),
      },
      external: ['electron', 'sodium-native', /^pdfmake/, ...builtinModules, ...builtinModules.map(name => `node:${name}`)],
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs', exports: 'auto' },
    },
  },
  ssr: { noExternal: true },
})
