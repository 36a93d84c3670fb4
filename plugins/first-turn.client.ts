import { turn } from '~/composables/turn'

/** The scripts of a page have just been read: what they begin with, its data and its router, is a task of its own. */
export default defineNuxtPlugin({
  name: 'first-turn',
  // Before Nuxt reads the page's data (-30).
  order: -40,
  setup: turn,
})
