import { describe, expect, it } from 'vitest'
import { asItIs } from '../../shared/menu/as-it-is.ts'
import { favouritesOf } from '../../shared/menu/favourites.ts'
import { newsOf } from '../../shared/order/news.ts'
import { scriptsLast } from '../../server/answers/scripts-last.ts'
import { buildLine, buildMenu, buildOrder, later } from '../support/build.ts'

const menu = buildMenu()
const itemOf = (id: string) => menu.items.find((item) => item.id === id)!
const order = (...items: string[]) => ({ lines: items.map((item) => buildLine({ item, quantity: 12 })) })

describe('ordering in fewer taps', () => {
  it('[CUS-1] a dish as it is has its middle size and nothing changed, at the menu’s price', () => {
    const found = asItIs(menu, itemOf('margherita'))!
    expect(found.line).toEqual({ item: 'margherita', size: 'medium', quantity: 1, toppings: [], remove: [], note: '' })
    expect(found.priced.unitPrice).toBe(itemOf('margherita').sizes.find(({ id }) => id === 'medium')!.price)
  })

  it('[CUS-1] what is sold out has no such thing', () => {
    const out = { ...menu, toppings: menu.toppings.map((one) => ({ ...one, available: one.id !== 'basil' })) }
    expect(asItIs(out, itemOf('margherita'))).toBeNull()
  })

  it('[CUS-2] favourites: what was in more orders first, then the more recent, each order once', () => {
    const orders = [order('diavola'), order('tiramisu', 'margherita'), order('margherita', 'margherita'), {}]
    expect(favouritesOf(orders, 4)).toEqual(['margherita', 'diavola', 'tiramisu'])
    expect(favouritesOf(orders, 1)).toEqual(['margherita'])
    const half = { lines: [buildLine({ half: 'funghi' })] }
    expect(favouritesOf([half, order('funghi')], 4)).toEqual(['funghi', 'margherita'])
  })
})

describe('what has changed of an order', () => {
  const placed = buildOrder()
  const calm = { promised: placed.promiseAt, busyMinutes: 0 }

  it('[CUS-5] nothing, while lines and promise are those that were ordered, or nobody knows the first promise', () => {
    expect(newsOf(placed, calm)).toEqual([])
    expect(newsOf(placed, { promised: null, busyMinutes: 10 })).toEqual([])
  })

  it('[CUS-5] the time, and why as far as anybody knows', () => {
    const time = { what: 'time', before: placed.promiseAt, now: later(35) }
    const moved = { ...placed, promiseAt: later(35) }
    expect(newsOf(moved, calm)).toEqual([{ ...time, because: null }])
    expect(newsOf(moved, { ...calm, busyMinutes: 10 })).toEqual([{ ...time, because: 'busy' }])
    const sooner = { ...placed, promiseAt: later(10) }
    expect(newsOf(sooner, { ...calm, busyMinutes: 10 })).toMatchObject([{ now: later(10), because: null }])
  })

  it('[CUS-5] the lines: what went, and what came; the time then moved because of them', () => {
    const struck = [placed.lines[0]!]
    const amended = { ...placed, promiseAt: later(30), amended: { at: later(2), struck, fresh: [0, 9] } }
    expect(newsOf(amended, calm)).toEqual([
      { what: 'lines', at: later(2), struck, fresh: [placed.lines[0]] },
      { what: 'time', before: placed.promiseAt, now: later(30), because: 'lines' },
    ])
  })
})

describe('a page’s scripts', () => {
  it('[WEB-8] are fetched after what the page shows', () => {
    const [preload, entry] = [
      '<link rel="modulepreload" href="a">',
      '<script type="module" src="b" crossorigin></script>',
    ]
    const html = { head: [`${preload}<script>c</script>`, `<style></style>${entry}`], bodyAppend: ['data'] }
    scriptsLast(html)
    expect(html.head).toEqual(['<script>c</script>', '<style></style>'])
    expect(html.bodyAppend[0]).toBe('data')
    expect(html.bodyAppend[1]).toMatch(`<template>${preload}${entry}</template><script>`)
    const none = { head: ['<script>c</script>'], bodyAppend: [] }
    scriptsLast(none)
    expect(none).toEqual({ head: ['<script>c</script>'], bodyAppend: [] })
  })
})
