import { randomUUID } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { orderBody, postOrder, quote, signIn, snapshot } from '../support/orders.ts'
import { addCookies } from '../support/pages.ts'
import { startServer } from '../support/server.ts'

base(
  '[LOG-4] [CLI-4] kill -9 while orders are placed: every order that was answered is in the kitchen, once, ' +
    'without a touch, within 10 s',
  async ({ browser }) => {
    const server = await startServer()
    try {
      const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1920, height: 1080 } })
      const cookie = await signIn(server)
      await addCookies(context, server.url, cookie)
      const kitchen = await context.newPage()
      await kitchen.goto('/napoli/kitchen')
      await expect(kitchen.getByTestId('live')).toHaveText(/live/i)
      const { total } = await quote(server, orderBody())

      const accepted = new Set<number>()
      let placing = true
      const customers = Array.from({ length: 4 }, async () => {
        while (placing) {
          const answer = await postOrder(server, { ...orderBody(), total }, { key: randomUUID() }).catch(() => null)
          if (answer?.status === 201) accepted.add(answer.body.order.number as number)
          if (answer === null) return
        }
      })
      await expect.poll(() => accepted.size).toBeGreaterThan(8)
      await server.kill('SIGKILL')
      placing = false
      await Promise.all(customers)
      await expect(kitchen.getByTestId('live')).not.toHaveText(/live/i, { timeout: 20_000 })

      await server.restart()
      const backAt = Date.now()
      await expect(kitchen.getByTestId('live')).toHaveText(/live/i, { timeout: 10_000 })
      const { tickets } = (await snapshot(server, 'kitchen:napoli', cookie)).body.state as {
        tickets: { number: number }[]
      }
      const numbers = tickets.map(({ number }) => number)
      expect(numbers, 'each once').toHaveLength(new Set(numbers).size)
      expect(numbers).toEqual(expect.arrayContaining([...accepted]))
      await expect(kitchen.getByTestId('open-count')).toHaveText(new RegExp(`^${numbers.length} `))
      console.log(
        `Live again ${Date.now() - backAt} ms after the server was ready, with all ${accepted.size} orders that ` +
          `had been answered`,
      )
      expect(Date.now() - backAt).toBeLessThan(10_000)
    } finally {
      await server.stop()
    }
  },
)
