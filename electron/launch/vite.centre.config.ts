import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The reference data centre as one ES module for Node 20. It is for trying and for tests, so its packages stay where they are. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/centre',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { centre: resolve('fixtures/data-centre/cli.ts') },
      external: [...builtinModules, ...builtinModules.map(name => `node:${name}`)],
      output: { format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
})
