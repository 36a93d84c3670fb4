import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import type { LiveStatus } from '#shared/live/client/types'
import { useFreshness } from '~/composables/live/useFreshness'
import { openComposable } from '../support/composable'

/** A stream that was heard at `heardAt` (ms), on a clock that the test moves. */
async function openFreshness(status: LiveStatus, heardAt = 100_000, stale?: boolean) {
  vi.setSystemTime(100_000)
  const live = { status: shallowRef(status), serverNow: () => Date.now(), confirmedAt: () => heardAt }
  const { used, page } = await openComposable(() =>
    useFreshness(live, stale === undefined ? undefined : shallowRef(stale)),
  )
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return { freshness: used.freshness.value, isLive: used.isLive.value, silence: used.silence.value }
  }
  return { live, used, page, after }
}
const live: LiveStatus = { name: 'live', transport: 'websocket' }

describe('[CLI-6] what a page may claim', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is live for 12 s after a frame, doubt until 30 s, then blind', async () => {
    const { after, page } = await openFreshness(live)
    expect(await after(11_000)).toEqual({ freshness: 'live', isLive: true, silence: 11_000 })
    expect(await after(1_000)).toEqual({ freshness: 'doubt', isLive: false, silence: 12_000 })
    expect((await after(17_000)).freshness).toBe('doubt')
    expect((await after(1_000)).freshness).toBe('blind')
    page.unmount()
  })

  it('does not say LIVE while it catches up, although it has just heard the server', async () => {
    const { after, page } = await openFreshness({ name: 'catching-up', transport: 'sse' })
    expect(await after(1_000)).toMatchObject({ freshness: 'live', isLive: false })
    page.unmount()
  })

  it('is blind at once when the stream stopped for good, and before the server was ever heard', async () => {
    const stopped = await openFreshness({ name: 'stopped', code: 4401 })
    expect(stopped.used.freshness.value).toBe('blind')
    stopped.page.unmount()
    const never = await openFreshness({ name: 'connecting', transport: 'websocket', attempt: 0 }, 0)
    expect(never.used.freshness.value).toBe('blind')
    never.page.unmount()
  })

  it('is never better than doubt for an offline cache', async () => {
    const { after, page } = await openFreshness(live, 100_000, true)
    expect(await after(1_000)).toMatchObject({ freshness: 'doubt', isLive: false })
    page.unmount()
  })
})
