import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.ts'

const { executablePath, args } = findBrowser()

const measured = /kitchen-(load|paint|restart)\.test\.ts/

/** Real browsers against the production build; each test starts its own server (tests/support/pages.ts). */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  timeout: 150_000,
  expect: { timeout: 20_000 },
  // A test that passes at the second try has shown a fault, so at one's desk there is none. CI may be slow for a
  // moment: there the report says "flaky", and somebody looks.
  retries: process.env.CI ? 1 : 0,
  // Most tests wait for a rule's seconds, so more of them run than there are cores; those that measure run alone, after
  // the others.
  workers: 4,
  fullyParallel: true,
  projects: [
    // A pizza that turns is painted anew for each frame, which takes half of a core on every open menu; whoever wants
    // motion says so (`moving` in tests/support/pages.ts).
    { name: 'screens', testIgnore: measured, use: { contextOptions: { reducedMotion: 'reduce' } } },
    { name: 'measured', testMatch: measured, dependencies: ['screens'], workers: 1 },
  ],
  forbidOnly: true,
  reporter: [['line'], ['json', { outputFile: process.env.COMANDA_E2E_REPORT ?? 'reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args },
    locale: 'en-GB',
    // A trace films the page all along: half as much work again.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
})
