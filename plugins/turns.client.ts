import { turn } from '~/composables/turn'

/**
 * A page's start in pieces: after its scripts and its data were read, after the plugins, and before what is on the page
 * wakes up.
 */
export default defineNuxtPlugin({
  name: 'turns',
  enforce: 'pre',
  async setup({ hook }) {
    hook('app:created', turn)
    hook('app:beforeMount', turn)
    await turn()
  },
})
