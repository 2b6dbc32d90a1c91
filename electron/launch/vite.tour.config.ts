import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The tour as one module for Node; Playwright and the launchers stay where they are. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist/tour',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { tour: resolve('test/tour/main.ts') },
      output: { format: 'esm', entryFileNames: '[name].mjs' },
    },
  },
})
