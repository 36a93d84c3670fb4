import { describe, expect, it } from 'vitest'
import { createMenuPages, type MenuPage } from '../../server/answers/menu-pages.ts'
import { napoli } from '../../db/demo/napoli.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'

const kilobyte = 1024
const english = { language: 'en', origin: 'https://pizza.example' } as const

function pizzeria(id: string, menuVersion: number): Pizzeria {
  const { name, currency, timezone, kitchen, categories, crusts, policies } = napoli
  return {
    id,
    name,
    currency,
    timezone,
    settings: { kitchen, policies, acceptByHand: false, hours: null, categories, crusts },
    pausedUntil: null,
    busyMinutes: 0,
    position: 0,
    oldest: 0,
    menuVersion,
    peopleKeptDays: null,
    country: 'FR',
    phone: null,
    address: null,
  }
}

/** Pages of one kilobyte each, of any pizzeria whose id does not begin with `no`. */
function open(maxBytes: number) {
  const rendered: string[] = []
  const menuVersions = new Map<string, number>()
  const tx = {
    pizzeria: async (id: string) => pizzeria(id, menuVersions.get(id) ?? 1),
    epoch: async () => 'epoch',
  }
  const store = { read: (ask: (given: typeof tx) => unknown) => ask(tx) }
  const render = async ({ pizzeria }: MenuPage) => {
    rendered.push(pizzeria)
    return pizzeria.startsWith('no') ? null : { html: pizzeria.padEnd(kilobyte), headers: new Headers() }
  }
  const pages = createMenuPages({ store: store as never, clock: () => 0 }, render, maxBytes)
  return {
    rendered,
    menuVersions,
    find: async (pizzeria: string) => (await pages.find({ pizzeria, ...english }))?.page.length ?? null,
  }
}

describe('the menus that are kept', () => {
  it('[WEB-5] are as many as there is room for; the one that was asked for longest ago makes room', async () => {
    const { rendered, find } = open(3 * kilobyte)
    for (const id of ['a', 'b', 'c', 'a', 'd', 'a', 'c', 'd']) expect(await find(id)).toBe(kilobyte)
    expect(rendered).toEqual(['a', 'b', 'c', 'd'])
    await find('b')
    await find('a')
    expect(rendered).toEqual(['a', 'b', 'c', 'd', 'b', 'a'])
  })

  it('[WEB-5] take the room of one, however often it changes', async () => {
    const { rendered, menuVersions, find } = open(2 * kilobyte)
    await find('a')
    for (let version = 2; version < 10; version++) {
      menuVersions.set('b', version)
      await find('b')
    }
    await find('a')
    expect(rendered.filter((id) => id === 'a')).toHaveLength(1)
  })

  it('[WEB-5] a page larger than all the room is sent, and one that could not be made is tried again', async () => {
    const { rendered, find } = open(kilobyte - 1)
    expect(await find('a')).toBe(kilobyte)
    expect(await find('a')).toBe(kilobyte)
    expect(await find('none')).toBeNull()
    expect(await find('none')).toBeNull()
    expect(rendered).toEqual(['a', 'a', 'none', 'none'])
  })

  it('[WEB-5] many who ask at once wait for one page', async () => {
    const { rendered, find } = open(kilobyte)
    expect(await Promise.all(['a', 'a', 'a'].map(find))).toEqual([kilobyte, kilobyte, kilobyte])
    expect(rendered).toEqual(['a'])
  })
})
