import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { keepText } from '../../server/answers/kept.ts'
import { createMenuPages, type MenuPage } from '../../server/answers/menu-pages.ts'
import { napoli } from '../../db/demo/napoli.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'

/** A page that is as long for each pizzeria, and packs as badly. */
const htmlOf = (pizzeria: string) =>
  pizzeria.padEnd(10) + Array.from({ length: 30 }, (_, part) => createHash('sha256').update(`${part}`).digest('hex'))
/** What one takes, bytes. */
const room = await keepText(htmlOf('a'), 'text/html').shrink()
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

/** Room for so many pages, of any pizzeria whose id does not begin with `no`. */
function open(pages: number) {
  const rendered: string[] = []
  const menuVersions = new Map<string, number>()
  const tx = {
    pizzeria: async (id: string) => pizzeria(id, menuVersions.get(id) ?? 1),
    epoch: async () => 'epoch',
  }
  const store = { read: (ask: (given: typeof tx) => unknown) => ask(tx) }
  const render = async ({ pizzeria }: MenuPage) => {
    rendered.push(pizzeria)
    return pizzeria.startsWith('no') ? null : { html: htmlOf(pizzeria), headers: new Headers() }
  }
  const { find } = createMenuPages({ store: store as never, clock: () => 0 }, render, pages * room)
  return {
    rendered,
    menuVersions,
    /** The page as it is; null where there is none. */
    async find(pizzeria: string) {
      const found = await find({ pizzeria, ...english })
      const text = found && (await found.page.bytes(null)).toString()
      // What is kept is counted when it has been packed, beside the answer.
      await found?.page.shrink()
      return text
    },
  }
}

describe('the menus that are kept', () => {
  it('[WEB-5] are as many as there is room for; the one that was asked for longest ago makes room', async () => {
    const { rendered, find } = open(3.5)
    for (const id of ['a', 'b', 'c', 'a', 'd', 'a', 'c', 'd']) expect(await find(id)).toBe(htmlOf(id))
    expect(rendered).toEqual(['a', 'b', 'c', 'd'])
    await find('b')
    await find('a')
    expect(rendered).toEqual(['a', 'b', 'c', 'd', 'b', 'a'])
  })

  it('[WEB-5] take the room of one, however often it changes', async () => {
    const { rendered, menuVersions, find } = open(2.5)
    await find('a')
    for (let version = 2; version < 10; version++) {
      menuVersions.set('b', version)
      await find('b')
    }
    await find('a')
    expect(rendered.filter((id) => id === 'a')).toHaveLength(1)
  })

  it('[WEB-5] a page larger than all the room is sent, and one that could not be made is tried again', async () => {
    const { rendered, find } = open(0.5)
    expect(await find('a')).toBe(htmlOf('a'))
    expect(await find('a')).toBe(htmlOf('a'))
    expect(await find('none')).toBeNull()
    expect(await find('none')).toBeNull()
    expect(rendered).toEqual(['a', 'a', 'none', 'none'])
  })

  it('[WEB-5] many who ask at once wait for one page', async () => {
    const { rendered, find } = open(1.5)
    expect(await Promise.all(['a', 'a', 'a'].map(find))).toEqual(['a', 'a', 'a'].map(htmlOf))
    expect(rendered).toEqual(['a'])
  })
})

describe('a text that is kept packed alone', () => {
  it('[WEB-1] [WEB-5] is the same in every coding, whoever asks first and however often', async () => {
    const html = `<p>${'Pizza è bella. '.repeat(200)}</p>`
    for (const first of ['br', 'gzip', null] as const) {
      const kept = keepText(html, 'text/html')
      const { etag } = kept
      await kept.bytes(first)
      expect(await kept.shrink()).toBeLessThan(html.length / 4)
      for (let asked = 0; asked < 25; asked++) {
        expect(brotliDecompressSync(await kept.bytes('br')).toString()).toBe(html)
        expect(gunzipSync(await kept.bytes('gzip')).toString()).toBe(html)
        expect((await kept.bytes(null)).toString()).toBe(html)
      }
      expect(kept.etag).toBe(etag)
    }
  })
})
