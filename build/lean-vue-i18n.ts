import type { Plugin } from 'vite'

/** What vue-i18n says, and what is enough for our pages. */
const changes: [said: string, ours: string][] = [
  // It imports all of Vue as one object, of which it uses one function; every page would then carry what nobody uses of
  // Vue: custom elements, `TransitionGroup`, the form directives (18 kB of script).
  [
    "import * as Vue from 'vue';",
    "import { getCurrentInstance as vueInstance } from 'vue';\nconst Vue = { getCurrentInstance: vueInstance };",
  ],
  // In browsers it makes every one of our texts deeply reactive, one by one, before the page answers (30 ms of CPU on a
  // fast machine). Texts arrive a file at a time and never change: the whole is reactive, as it is on the server.
  ['const _ref = inBrowser ? ref : shallowRef;', 'const _ref = shallowRef;'],
  [
    'deepCopy(message, _messages.value[locale]);',
    'deepCopy(message, _messages.value[locale]);\n        _messages.value = { ..._messages.value };',
  ],
]

/** Makes vue-i18n lighter for every page; the build fails when a new version says something else. */
export function leanVueI18n(): Plugin {
  const missing = new Set(changes.map(([said]) => said))
  return {
    name: 'comanda:lean-vue-i18n',
    transform(code, id) {
      if (!/[\\/]vue-i18n[\\/]dist[\\/]vue-i18n(?:\.runtime)?\.mjs/.test(id)) return null
      for (const [said] of changes) if (code.includes(said)) missing.delete(said)
      return { code: changes.reduce((text, [said, ours]) => text.replace(said, ours), code), map: null }
    },
    buildEnd(error) {
      if (!error && missing.size && this.environment.name === 'client')
        this.error(`vue-i18n no longer says "${[...missing].join('", "')}": look what it does instead`)
    },
  }
}
