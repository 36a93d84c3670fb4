import type { ShallowRef } from 'vue'

declare module '#app' {
  interface RuntimeNuxtHooks {
    /** A part of the page answers from now on, later than the page itself. */
    'comanda:awake': (part: HTMLElement) => void
  }
}

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

/**
 * For a component that wakes up by itself: once it can answer, what was typed into it before is put back (by
 * `plugins/typed-early.client.ts`), and what was tapped on it is done. `root` is its element.
 */
export function useEarly(root: Readonly<ShallowRef<HTMLElement | null>>) {
  const { callHook } = useNuxtApp()
  onMounted(() => {
    if (!root.value) return
    void callHook('comanda:awake', root.value)
    const tap = window.comandaTap
    if (!tap || !root.value.contains(tap.button)) return
    window.comandaTap = undefined
    if (performance.now() - tap.at < maxAgeMs) tap.button.click()
  })
}
