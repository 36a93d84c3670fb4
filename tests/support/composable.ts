import { mountSuspended } from '@nuxt/test-utils/runtime'
import { defineComponent, h } from 'vue'

/** Uses a composable as a page of ours would. It lives until the page is unmounted. */
export async function openComposable<T>(use: () => T) {
  let used!: T
  const page = await mountSuspended(
    defineComponent({
      setup() {
        used = use()
        return () => h('p')
      },
    }),
  )
  return { used, page }
}
