/**
 * With hundreds of orders a page takes tens of ms to render and as long to write down: in between, everybody else has
 * their turn.
 */
export default defineNuxtPlugin(({ hook }) => {
  hook('app:rendered', () => new Promise((resolve) => setImmediate(resolve)))
})
