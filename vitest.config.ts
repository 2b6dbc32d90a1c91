import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{domain,sync,viewer,renderer,electron,fixtures,test}/**/*.test.{ts,tsx}'],
    exclude: ['test/journeys/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only fight for them.
    maxWorkers: 2,
  },
})
