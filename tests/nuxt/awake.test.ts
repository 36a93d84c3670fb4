import { afterEach, expect, it, vi } from 'vitest'
import { useAwake } from '~/composables/kitchen/useAwake'
import { openComposable } from '../support/composable'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** A browser whose window is that much lower than its screen (px), and what it says is fullscreen. */
async function isFull(below: number, fullscreenElement: unknown) {
  vi.stubGlobal('screen', { height: window.innerHeight + below })
  Object.defineProperty(document, 'fullscreenElement', { configurable: true, value: fullscreenElement })
  const { used, page } = await openComposable(useAwake)
  const full = used.full.value
  page.unmount()
  return full
}

it('a window is full where it is as high as the screen, or where the browser says so', async () => {
  expect(await isFull(0, null)).toBe(true)
  expect(await isFull(120, document.documentElement)).toBe(true)
  expect(await isFull(120, null)).toBe(false)
})

it('a browser that does not know of fullscreen (Safari on an iPhone) is not full', async () => {
  expect(await isFull(120, undefined)).toBe(false)
})
