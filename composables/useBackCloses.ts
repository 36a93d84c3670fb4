import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { watch } from 'vue'

/**
 * While a sheet covers the page, the browser's back button closes the sheet instead of leaving the page: on a phone it
 * is what people press first. `covered` is true while anything is open, and is set to false to close all of it. It
 * stays true while one sheet replaces another, so that the two share one history entry.
 */
export function useBackCloses(covered: Ref<boolean>) {
  type State = 'page' | 'covered' | 'leaving'
  let state: State = 'page'

  function cover() {
    history.pushState({ ...history.state, covered: true }, '')
    state = 'covered'
  }

  watch(covered, (isCovered) => {
    if (isCovered && state === 'page') cover()
    else if (!isCovered && state === 'covered') {
      state = 'leaving'
      history.back()
    }
  })
  // The browser goes back later than it is asked to: a sheet opened meanwhile gets its history entry again.
  useEventListener('popstate', () => {
    const before = state
    state = 'page'
    if (before === 'covered') covered.value = false
    else if (before === 'leaving' && covered.value) cover()
  })
}
