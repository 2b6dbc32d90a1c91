import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/journeys',
  // One workstation at a time: two cores, and one display.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  outputDir: '.tmp/journeys',
  reporter: [['list'], ['json', { outputFile: '.tmp/journeys.json' }]],
})
