import { expect, it } from 'vitest'
import { pizzeria } from '../store-suite.ts'
import type { Asked } from './asked.ts'

export function screenQueriesSuite({ store }: Asked) {
  it('[DSP-3] keep what a screen last reported, and find screens that fell silent', async () => {
    const report = {
      audio: 'armed' as const,
      wakeLock: true,
      visible: true,
      fullscreen: true,
      page: '1/2',
      build: 'b',
      transport: 'sse',
    }
    await store.write(pizzeria, (tx) =>
      tx.saveScreen(pizzeria, 'device-1', { name: 'Oven', connected: true, seenAt: 1000, report }),
    )
    const after = await store.write(pizzeria, (tx) => tx.saveScreen(pizzeria, 'device-1', { shownPosition: 7 }))
    expect(after).toMatchObject({
      id: 'device-1',
      name: 'Oven',
      connected: true,
      shownPosition: 7,
      report,
      paired: false,
    })
    expect(await store.read((tx) => tx.silentSince(1000))).toEqual([])
    expect(await store.read((tx) => tx.silentSince(1001))).toEqual([after])
    expect(await store.read((tx) => tx.screens('roma'))).toEqual([])
    expect(await store.write(pizzeria, (tx) => tx.removeScreen(pizzeria, 'device-1', 2000))).toBe(true)
    expect(await store.write(pizzeria, (tx) => tx.removeScreen(pizzeria, 'device-1', 3000))).toBe(false)
    expect(await store.read((tx) => tx.screens(pizzeria))).toEqual([])
    expect(await store.read((tx) => tx.removedScreen(pizzeria, 'device-1'))).toMatchObject({ removedAt: 2000 })
    expect(await store.read((tx) => tx.screen(pizzeria, 'device-1'))).toBe(undefined)
  })
}
