import { defineConfig } from '@playwright/test'

const keyring = process.env.PANELBENCH_KEYRING === '1'

export default defineConfig({
  testDir: 'test/journeys',
  // Needs a desktop session with a keyring; the launcher makes one and runs it alone.
  testMatch: keyring ? '**/keychain.spec.ts' : '**/!(keychain).spec.ts',
  // One workstation at a time: two cores, and one display.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  outputDir: '.tmp/journeys',
  reporter: [['list'], ['json', { outputFile: keyring ? '.tmp/keychain.json' : '.tmp/journeys.json' }]],
})
