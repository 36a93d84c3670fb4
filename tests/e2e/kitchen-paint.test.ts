import { move, placeOrder } from '../support/orders.ts'
import { expect, test } from '../support/pages.ts'
import { openKitchen, paintedAt } from '../support/painted.ts'

test("[CLI-1] from the answer to the kitchen's paint: a median under 100 ms", async ({ staff, server }) => {
  const kitchen = await openKitchen(staff)
  const cookie = (await staff.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const waits: number[] = []
  for (let round = 0; round < 15; round++) {
    const { order } = await placeOrder(server)
    const answeredAt = Date.now()
    waits.push((await paintedAt(kitchen, order.number)) - answeredAt)
    expect((await move(server, cookie, order, 'ready')).status).toBe(200)
  }
  const sorted = waits.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]!
  console.log(
    `From the POST's answer to the ticket's paint: median ${median} ms, slowest ${sorted.at(-1)} ms, of ` +
      `${sorted.length} orders`,
  )
  expect(median).toBeLessThan(100)
})
