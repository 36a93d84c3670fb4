import { describe, it } from 'vitest'
import { doubtAfterMs } from '../../shared/live/freshness.ts'
import type { LiveIo } from '../../shared/live/client/types.ts'
import { openReader } from '../support/live-reader.ts'
import { nodeIo } from '../support/node-io.ts'
import { placeOrder, signIn } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { eventually, expectConverged } from '../support/watching.ts'

const day = 86_400_000
const stream = 'kitchen:napoli'

describe.concurrent('clocks', { timeout: 60_000 }, () => {
  for (const [name, skew] of [
    ['ahead', day],
    ['behind', -day],
  ] as const) {
    it(`[CLI-3] [CLI-6] a client whose clock is a day ${name} is live, and knows the server's time`, async ({
      expect,
    }) => {
      const server = await startServer()
      const cookie = await signIn(server)
      const reader = openReader(server, stream, { cookie, now: () => Date.now() + skew })
      await expectConverged(server, [reader], { cookie })
      const { order } = await placeOrder(server)
      await eventually(() => expect(reader.orders.has(order.id)).toBe(true))
      expect(reader.claimsLive()).toBe(true)
      expect(Math.abs(reader.client.serverNow() - Date.now())).toBeLessThan(2000)
      // By the server's clock too; how old the last frame may be, the freshness rule says.
      expect(Math.abs(reader.client.confirmedAt() - Date.now())).toBeLessThan(doubtAfterMs)
      reader.close()
      await server.stop()
    })
  }

  it('[CLI-3] [CLI-6] a laptop that slept for twelve hours never calls what it woke with live', async ({ expect }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const laptop = sleepyIo(nodeIo(server, { stream, cookie }))
    const reader = openReader(server, stream, { cookie, io: laptop.io })
    await expectConverged(server, [reader], { cookie })
    expect(reader.claimsLive()).toBe(true)

    laptop.sleep()
    const { order } = await placeOrder(server)
    // Its connection was cut during the night, and it could not notice.
    await server.restart()
    laptop.wakeAfter(day / 2)
    expect(reader.claimsLive(), 'in the moment of waking').toBe(false)
    reader.client.wake()
    reader.client.online()
    let lied = false
    await eventually(() => {
      lied ||= reader.claimsLive() && !reader.orders.has(order.id)
      expect(reader.claimsLive()).toBe(true)
    })
    expect(lied, 'live without what it had missed').toBe(false)
    await expectConverged(server, [reader], { cookie })
    reader.close()
    await server.stop()
  })

  it('[CLI-3] [CLI-2] a laptop that slept while connected gets everything it missed, once and in order', async ({
    expect,
  }) => {
    const server = await startServer()
    const cookie = await signIn(server)
    const laptop = sleepyIo(nodeIo(server, { stream, cookie }))
    const reader = openReader(server, stream, { cookie, io: laptop.io })
    await expectConverged(server, [reader], { cookie })
    laptop.sleep()
    const orders = await Promise.all(Array.from({ length: 5 }, () => placeOrder(server)))
    laptop.wakeAfter(20_000)
    expect(reader.claimsLive()).toBe(false)
    reader.client.wake()
    await expectConverged(server, [reader], { cookie })
    expect(orders.every(({ order }) => reader.orders.has(order.id))).toBe(true)
    reader.close()
    await server.stop()
  })
})

/**
 * An environment that can sleep: nothing runs and nothing is heard; on waking the clock has jumped, and everything
 * comes late.
 */
function sleepyIo(io: LiveIo) {
  let asleep = false
  let jumped = 0
  const late: (() => void)[] = []
  const awake =
    <Values extends unknown[]>(run: (...values: Values) => void) =>
    (...values: Values) => {
      if (asleep) late.push(() => run(...values))
      else run(...values)
    }
  return {
    io: {
      ...io,
      openSocket: (handlers) =>
        io.openSocket({ open: awake(handlers.open), message: awake(handlers.message), closed: awake(handlers.closed) }),
      now: () => io.now() + jumped,
      setTimer(run, ms) {
        const timer = {
          over: false,
          inner: io.setTimer(
            awake(() => timer.over || run()),
            ms,
          ) as unknown,
        }
        return timer
      },
      clearTimer(timer) {
        const mine = timer as { over: boolean; inner: unknown }
        mine.over = true
        io.clearTimer(mine.inner)
      },
    } satisfies LiveIo,
    sleep: () => void (asleep = true),
    /** The time passes at once; what waited comes in the next turn, as it does in a browser. */
    wakeAfter(ms: number) {
      jumped += ms
      setImmediate(() => {
        asleep = false
        late.splice(0).forEach((run) => run())
      })
    },
  }
}
