import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { boundaries } from './build/boundaries'
import { listOperations } from './build/operations'
import { compiledMessages } from './build/compiled-messages'
import { firstFiles, preloadFirstFiles } from './build/first-files'
import { leanVueI18n } from './build/lean-vue-i18n'
import { noProbe } from './build/no-probe'
import { offlineFiles } from './build/offline-files'
import { pureShared } from './build/pure-shared'
import { restartWords } from './build/restart-words'
import { oldestBrowsers } from './shared/oldest-browsers'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * Names this build, so that a screen of an older one knows that it should reload: the time and, where there is git, the
 * commit.
 */
function buildName() {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  try {
    return `${time}-${execSync('git rev-parse --short HEAD', { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()}`
  } catch {
    return time
  }
}

/** Names the code that draws: a picture may be kept for ever under it, and no longer than it is drawn the same. */
function drawingsName() {
  const folder = fileURLToPath(new URL('shared/drawing/', import.meta.url))
  const sources = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(folder + name, 'utf8'))
  return createHash('sha256').update(sources.join('')).digest('hex').slice(0, 8)
}

/** The files of texts that every page has. Those of the staff come with their pages (plugins/staff-texts.ts). */
const customerTexts = ['common', 'customer', 'errors']
const staffTexts = ['kitchen', 'counter', 'manage', 'editor', 'books']

const locale = (code: string, name: string) => ({
  code,
  language: code,
  name,
  files: customerTexts.map((part) => `${code}/${part}.json`),
})

/** One file of scripts for what staff read in a language. */
const staffTextsOf = (id: string) => {
  const [, language, part = ''] = /\/i18n\/locales\/([^/]+)\/([^/]+)\.json$/.exec(id) ?? []
  return staffTexts.includes(part) ? `texts-${language}` : null
}

const build = buildName()

export default defineNuxtConfig({
  modules: [
    '@nuxt/ui',
    '@pinia/nuxt',
    '@vueuse/nuxt',
    '@nuxtjs/i18n',
    'nuxt-auth-utils',
    'nuxt-security',
    '@nuxt/eslint',
  ],
  components: [{ path: '~/components', pathPrefix: false }],
  // Our own code is imported by name: a reader sees where each thing comes from, and pure files stay pure.
  imports: { scan: false },
  devtools: { enabled: false },
  app: {
    head: {
      title: 'Comanda',
      viewport: 'width=device-width, initial-scale=1, viewport-fit=cover',
    },
  },
  css: ['~/assets/css/main.css'],
  // Styles for the parts and colours that are used: those of all would be a third of the page.
  ui: {
    fonts: false,
    colorMode: false,
    theme: { colors: ['primary', 'success', 'error'] },
    experimental: { componentDetection: true },
  },
  // All icons travel with the page: the ones that say "no connection" could not be fetched then.
  icon: { clientBundle: { scan: true }, serverBundle: { collections: ['lucide'] }, fallbackToApi: false },
  runtimeConfig: {
    // No age of the seal: the session's row says when it is over (server/utils/session.ts), whatever the clock does.
    session: { password: '', name: 'comanda', maxAge: 0, cookie: { sameSite: 'lax', secure: false } },
    public: { build, drawings: drawingsName() },
  },
  sourcemap: { client: !!process.env.MAPS },
  buildDir: process.env.NUXT_BUILD_DIR || '.nuxt',
  ignore: ['.data/**', 'bench/**', 'tests/**', 'test-results/**', 'playwright-report/**', 'docs/**'],
  // Screens learn of a new build from the live feed, and reload when nobody minds; Nuxt need not ask for it too.
  experimental: {
    appManifest: false,
    // Another page's scripts are not worth what they cost the first paint of this one.
    defaults: { nuxtLink: { prefetch: true, prefetchOn: { visibility: false, interaction: true } } },
  },
  // A round trip less before the first paint.
  features: { inlineStyles: true },
  compatibilityDate: '2026-11-01',
  nitro: {
    experimental: { websocket: true },
    // Files are compressed at build time, pages and messages on the way (server/plugins/answers.ts).
    compressPublicAssets: { brotli: true, gzip: true },
    // Node reads a package's description again for each of its modules, and drizzle's is 179 kB for 140 of them:
    // bundled, the server starts in half the time, which is how long every screen is without it at a restart.
    externals: { inline: ['drizzle-orm'] },
    // Where a debugger could see which hook has led to which, each call of a hook would cost as much as a query.
    replace: { 'console.createTask': 'undefined' },
    virtual: { '#operations': () => listOperations(root), '#restart-words': () => restartWords(root) },
    rollupConfig: { plugins: [compiledMessages(customerTexts)] },
    serverAssets: [{ baseName: 'migrations', dir: '../db/migrations' }],
    typescript: { tsConfig: { include: ['../*.d.ts', '../db/**/*', '../shared/**/*'] } },
  },
  // Component tests are browser code that lives in tests/.
  hooks: {
    // The one in the browser looks for a popup's mark in localStorage, which throws where storage is blocked, and then
    // no page starts; we sign nobody in through popups. The one on the server is replaced by plugins/session.server.ts.
    'app:resolve': (app) => {
      // It tells browsers where to ask for an icon; ours travel with the page, and only the server reads the
      // collection.
      // The theme's colours are written into each page by the server, and no browser changes them.
      for (const plugin of app.plugins)
        if (/@nuxt\/icon\/|@nuxt\/ui\/.*\/colors/.test(plugin.src)) plugin.mode = 'server'
      app.plugins = app.plugins.filter(({ src }) => !/nuxt-auth-utils\/.*\/session\.(?:client|server)/.test(src))
    },
    // Sheets are fetched at the first sign of a hand (composables/useSheetsReady.ts), not by every page that could
    // open one.
    'build:manifest': (manifest) => {
      for (const file of Object.values(manifest)) file.prefetch = false
      preloadFirstFiles(manifest)
    },
    // With WebSockets on, nuxt-auth-utils seals a session for every visitor and sends a cookie with every answer. Ours
    // begin with a sign-in (server/utils/session.ts): nobody else gets a cookie, and no request pays for one. And what
    // is switched off in nuxt-security would still be asked on every request.
    'nitro:config': (config) => {
      config.plugins = config.plugins?.filter((path) => !/nuxt-auth-utils\/.*\/ws$/.test(path ?? ''))
      const unused = /\/(?:rateLimiter|xssValidator|requestSizeLimiter|corsHandler|allowedMethodsRestricter)$/
      config.handlers = config.handlers?.filter(
        (one) => !(/nuxt-security\//.test(one?.handler ?? '') && unused.test(one?.handler ?? '')),
      )
    },
  },
  vite: {
    $client: {
      // Neither our components nor those of Nuxt UI are written with the Options API: 2 kB less of Vue.
      define: { __VUE_OPTIONS_API__: 'false' },
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: staffTextsOf, debugName: 'staff texts', priority: 4 },
                // Apart from what the first screen shares with the sheets: zod comes with the first form.
                { name: 'zod', test: /node_modules[\\/]zod[\\/]/, priority: 3 },
                // What every page needs, then what the first one needs, in one file each.
                { name: 'base', tags: ['$initial'], priority: 2 },
                { name: firstFiles(root), debugName: 'first screen', priority: 1 },
              ],
            },
          },
        },
      },
    },
    build: { target: Object.entries(oldestBrowsers).map(([name, version]) => `${name}${version}`) },
    plugins: [
      compiledMessages([...staffTexts, 'lab']),
      ...(process.env.VITEST
        ? []
        : [boundaries(root), leanVueI18n(), noProbe(), pureShared(root), offlineFiles(root, build)]),
    ],
  },
  typescript: {
    strict: true,
    tsConfig: {
      exclude: ['../db/**/*', '../bench/**/*', '../tests/**/*', '../scripts/**/*', '../shared/**/*'],
      compilerOptions: { allowImportingTsExtensions: true },
    },
    sharedTsConfig: { compilerOptions: { allowImportingTsExtensions: true } },
    nodeTsConfig: {
      compilerOptions: { allowImportingTsExtensions: true },
      include: ['../auth.d.ts', '../build/**/*', '../tests/**/*', '../bench/**/*', '../scripts/**/*', '../db/**/*'],
    },
  },
  i18n: {
    defaultLocale: 'en',
    strategy: 'no_prefix',
    // Texts are compiled when they are built (build/compiled-messages.ts); `Translation` is imported where it is used.
    bundle: { dropMessageCompiler: true, fullInstall: false },
    locales: [locale('fr', 'Français'), locale('en', 'English'), locale('it', 'Italiano')],
    detectBrowserLanguage: { useCookie: true, cookieKey: 'comanda_language', fallbackLocale: 'en' },
  },
  pinia: { storesDirs: [] },
  security: {
    removeLoggers: false,
    // Pages are kept and sent again: their scripts are allowed by hash (server/plugins/answers.ts), never by a nonce.
    nonce: false,
    // Nobody else's pages read ours.
    corsHandler: false,
    allowedMethodsRestricter: false,
    // Comanda has its own limits, per command and per session (server/staff/limits.ts).
    rateLimiter: false,
    // Orders may say "<3": nothing that people write is ever used as HTML.
    xssValidator: false,
    // Bodies are limited while they are read, also those without a length (server/utils/api.ts).
    requestSizeLimiter: false,
    headers: {
      crossOriginEmbedderPolicy: false,
      // On a kitchen's network over plain HTTP these two would send every request to a port that nobody answers.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        'upgrade-insecure-requests': false,
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'font-src': ["'self'", 'data:'],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'", 'ws:', 'wss:'],
      },
      permissionsPolicy: {
        fullscreen: ['self'],
        'screen-wake-lock': ['self'],
        microphone: ['self'],
        camera: [],
        geolocation: [],
      },
    },
  },
})
