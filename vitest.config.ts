import { fileURLToPath } from 'node:url'
import { defineVitestProject } from '@nuxt/test-utils/config'
import { defineConfig } from 'vitest/config'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const alias = { '#shared': path('./shared'), '~~': path('.'), '~': path('.') }

/** Elsewhere a test that passes at the second try has found something; on CI it is told as flaky. */
const retry = process.env.CI ? 1 : 0

/** Two of three suites run in plain Node, where Nuxt's auto-imports do not exist: what they test must be pure. */
const node = (name: string, options: object = {}) => ({
  resolve: { alias },
  test: { name, environment: 'node', include: [`tests/${name}/**/*.test.ts`], retry, ...options },
})

export default defineConfig({
  test: {
    passWithNoTests: true,
    // All cores; one is left to itself otherwise, which is half of two.
    maxWorkers: '100%',
    projects: [
      node('unit', { testTimeout: 30_000 }),
      node('contracts', { testTimeout: 30_000, hookTimeout: 60_000 }),
      // Against the built server, each file with servers of its own. Most of the time they wait for a rule's seconds,
      // so several files run at once.
      node('faults', { testTimeout: 90_000, hookTimeout: 120_000, maxWorkers: 5 }),
      // How long a server is silent under attack is measured, so nothing else runs meanwhile.
      node('attack', { testTimeout: 90_000, hookTimeout: 120_000, maxWorkers: 1 }),
      // The built server in Firefox, where there is one.
      node('firefox', { testTimeout: 90_000, hookTimeout: 60_000 }),
      await defineVitestProject({
        test: {
          name: 'nuxt',
          environment: 'nuxt',
          include: ['tests/nuxt/**/*.test.ts'],
          retry,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          environmentOptions: { nuxt: { domEnvironment: 'happy-dom' } },
        },
      }),
    ],
  },
})
