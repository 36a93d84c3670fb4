import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.ts'

const { executablePath, args } = findBrowser()

/** Real browsers against the production build; each test file starts its own server (tests/support/server.ts). */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A test that passes at the second try has shown a fault: no retries.
  retries: 0,
  workers: 2,
  forbidOnly: true,
  reporter: [['line'], ['json', { outputFile: process.env.COMANDA_E2E_REPORT ?? 'reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
