// @ts-check
import prettier from 'eslint-config-prettier'
import withNuxt from './.nuxt/eslint.config.mjs'

const database = {
  group: ['drizzle-orm', 'drizzle-orm/*', 'better-sqlite3', 'postgres'],
  message: 'Only db/ speaks to a database; use its functions.',
}
const tests = { group: ['**/tests/**', '**/bench/**'], message: 'What is delivered does not import what tests it.' }

/**
 * A folder's border: who is in `files` does not import from `patterns`. The rules of the last matching entry win,
 * so each entry names all of its patterns.
 * @param {string} name
 * @param {string[]} files
 * @param {object[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const border = (name, files, patterns) => ({
  name: `comanda/${name}`,
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
})

export default withNuxt(
  // Prettier lays the code out (.prettierrc.json); ESLint looks at what it means.
  prettier,
  {
    name: 'comanda/style',
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'vue/multi-word-component-names': 'off',
      // Prettier breaks code, but neither strings nor comments.
      'max-len': ['error', { code: 120 }],
      // nuxt.config.ts is ordered for readers.
      'nuxt/nuxt-config-keys-order': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    name: 'comanda/console',
    files: ['scripts/**', 'bench/**', 'tests/**', 'build/**', 'docs/**'],
    rules: { 'no-console': 'off' },
  },
  border('everybody', ['server/**/*.ts', 'build/**/*.ts'], [database, tests]),
  border(
    'shared is pure',
    ['shared/**/*.ts'],
    [
      database,
      tests,
      {
        group: [
          'vue',
          'vue-*',
          '@vue/*',
          '#imports',
          '#app',
          'h3',
          'nitropack',
          'nitropack/*',
          'node:*',
          '~/*',
          '~~/*',
          '**/server/**',
          '**/db/**',
        ],
        message: 'shared/ runs on both sides and on neither: no framework, no Node, no server.',
      },
    ],
  ),
  border(
    'browser',
    [
      'components/**',
      'composables/**',
      'stores/**',
      'pages/**',
      'layouts/**',
      'middleware/**',
      'plugins/**',
      'app.vue',
      'error.vue',
    ],
    [
      database,
      tests,
      {
        group: ['**/server/**', '**/db/**', '~/server/**', '~/db/**', 'node:*'],
        allowTypeImports: true,
        message: 'This would end in the browser\'s bundle; import its types only ("import type").',
      },
    ],
  ),
  border(
    'db',
    ['db/**/*.ts'],
    [
      tests,
      {
        group: ['~/*', '#imports', 'h3', 'vue', '**/server/**'],
        message: 'db/ knows shared/ and the database, nothing of the web.',
      },
    ],
  ),
)
