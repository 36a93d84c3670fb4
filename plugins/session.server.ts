/**
 * Asks whose session it is, only where the request brings one: nuxt-auth-utils' own plugin, which this one replaces,
 * would write a new id into the page of every visitor, and no page would be the same twice (WEB-2).
 */
export default defineNuxtPlugin({
  name: 'session-fetch-plugin',
  enforce: 'pre',
  async setup() {
    if (!/(?:^|;\s*)comanda=/.test(useRequestHeader('cookie') ?? '')) return
    const own = useResponseHeader('comanda-own')
    const { fetch, loggedIn } = useUserSession()
    await fetch()
    // For the worker of customers' pages, which keeps no page of somebody who is signed in.
    if (loggedIn.value) own.value = '1'
  },
})
