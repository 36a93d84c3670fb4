import { turn } from '~/composables/turn'

/** A page's start in pieces: after the plugins, and before what is on the page wakes up. */
export default defineNuxtPlugin(({ hook }) => {
  hook('app:created', turn)
  hook('app:beforeMount', turn)
})
