import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import type { Notifier } from '~/composables/useNotifier'
import { useReadyAlert } from '~/composables/useReadyAlert'
import { openComposable } from '../support/composable'

const words = () => ({
  asked: { title: 'asked', body: '' },
  ready: { title: 'ready', body: '' },
  pushed: { title: 'pushed', body: '' },
})
const notifier = (works: boolean) =>
  ({
    prove: vi.fn(async () => works),
    show: vi.fn(async () => works),
    mayShow: () => works,
    subscribe: vi.fn(async () => null),
  }) satisfies Notifier
const settled = () => new Promise((resolve) => setTimeout(resolve)).then(() => nextTick())

async function open(works: boolean, pushes = false) {
  const ready = ref(false)
  const fake = notifier(works)
  const subscribe = vi.fn(async () => pushes)
  const { used, page } = await openComposable(() =>
    useReadyAlert({ tracking: 't1', ready, notifier: fake, words, subscribe }),
  )
  await settled()
  return { ready, fake, subscribe, page, ...used }
}

// There is no Web Audio here, so sound never works.
describe('being told that it is ready', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    localStorage.clear()
  })

  it('promises nothing where nothing works, and the button stays', async () => {
    const { alert, arm, page } = await open(false)
    expect(alert.value).toBe('off')
    await arm()
    expect(alert.value).toBe('off')
    page.unmount()
  })

  it('promises a notification once one was shown, and shows the next when it is ready and nobody looks', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const { alert, arm, ready, fake, page } = await open(true)
    await arm()
    expect(fake.prove).toHaveBeenCalledWith({ title: 'asked', body: '' })
    expect(alert.value).toBe('notice')
    ready.value = true
    await settled()
    expect(fake.show).toHaveBeenCalledWith({ title: 'ready', body: '' })
    page.unmount()
  })

  it('is asked for once: a reload keeps it', async () => {
    const first = await open(true)
    await first.arm()
    first.page.unmount()
    const again = await open(true)
    expect(again.alert.value).toBe('notice')
    expect(again.fake.prove).not.toHaveBeenCalled()
    again.page.unmount()
  })

  it('promises more only where the server will tell the device, and asks it again after a reload', async () => {
    const first = await open(true, true)
    expect(first.subscribe).not.toHaveBeenCalled()
    await first.arm()
    expect(first.subscribe).toHaveBeenCalledWith({ title: 'pushed', body: '' })
    expect(first.alert.value).toBe('push')
    first.page.unmount()
    const again = await open(true, true)
    await settled()
    expect(again.alert.value).toBe('push')
    again.page.unmount()
  })

  it('asks the server for nothing where no notification can be shown', async () => {
    const { arm, subscribe, alert, page } = await open(false, true)
    await arm()
    expect(subscribe).not.toHaveBeenCalled()
    expect(alert.value).toBe('off')
    page.unmount()
  })

  it('lets nobody be told who did not ask', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const { ready, fake, page } = await open(true)
    ready.value = true
    await settled()
    expect(fake.show).not.toHaveBeenCalled()
    page.unmount()
  })
})
