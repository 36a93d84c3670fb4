import type { ShallowRef } from 'vue'

declare global {
  interface Window {
    /** The button that was tapped last, and when (ms, `performance.now`); written by `noteTaps`. */
    comandaTap?: { button: HTMLElement; at: number }
  }
}

/**
 * A script for the page's head, which notes taps while nothing on the page can answer them yet: on a bad line the
 * scripts come seconds after the menu can be read.
 */
export const noteTaps =
  'addEventListener("click",function(e){var b=e.target.closest&&e.target.closest("button");' +
  'if(b)window.comandaTap={button:b,at:performance.now()}},true)'

/** Whoever tapped longer ago (ms) has given up, and would be surprised. */
const maxAgeMs = 20_000

/** Once this component can answer: does what was tapped on it before. `root` is its element. */
export function useEarlyTap(root: Readonly<ShallowRef<HTMLElement | null>>) {
  onMounted(() => {
    const tap = window.comandaTap
    if (!tap || !root.value?.contains(tap.button)) return
    window.comandaTap = undefined
    if (performance.now() - tap.at < maxAgeMs) tap.button.click()
  })
}
