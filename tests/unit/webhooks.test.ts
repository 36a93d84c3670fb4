import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedDemo } from '../../db/demo/seed.ts'
import { readConfig } from '../../server/config.ts'
import { addHook, readHooks, replayDelivery } from '../../server/webhooks/manage.ts'
import { signatureOf } from '../../server/webhooks/send.ts'
import { typeOf } from '../../server/webhooks/told.ts'
import { noteDeliveries, sendDueDeliveries, waitAfter } from '../../server/webhooks/webhooks.ts'
import type { NewEvent } from '../../shared/live/events.ts'
import type { Order, OrderState } from '../../shared/order/order.ts'
import { hookTypes, type HookType } from '../../shared/webhooks.ts'
import { buildEvent, buildOrder, noon } from '../support/build.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { startNode, type LiveNode } from '../support/live-node.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { until } from '../support/until.ts'

describe('what a step of an order is', () => {
  const order = (state: OrderState, over: Partial<Order> = {}) => buildOrder({ state, ...over })
  const cases: [OrderState | null, OrderState, HookType | null][] = [
    [null, 'queued', 'order.placed'],
    [null, 'scheduled', 'order.placed'],
    [null, 'pending', null],
    ['pending', 'queued', 'order.placed'],
    ['pending', 'rejected', null],
    ['pending', 'cancelled', null],
    ['rejected', 'pending', null],
    ['scheduled', 'queued', null],
    ['queued', 'making', null],
    ['making', 'baking', null],
    ['baking', 'ready', 'order.ready'],
    ['ready', 'collected', 'order.collected'],
    ['queued', 'cancelled', 'order.cancelled'],
    ['ready', 'expired', 'order.cancelled'],
    ['ready', 'baking', 'order.amended'],
    ['collected', 'ready', 'order.amended'],
    ['cancelled', 'queued', 'order.amended'],
  ]
  it.each(cases)('[WHK-1] from %s to %s: %s', (from, to, type) => {
    expect(typeOf(from && order(from), order(to))).toBe(type)
  })

  it('[WHK-1] an order with other lines is amended, once for each change', () => {
    const amended = (at: string) => order('queued', { amended: { at, struck: [], fresh: [] } })
    expect(typeOf(order('queued'), amended(noon))).toBe('order.amended')
    expect(typeOf(amended(noon), amended(noon))).toBe(null)
    expect(typeOf(amended(noon), amended('2026-06-12T10:01:00.000Z'))).toBe('order.amended')
  })
})

describe('webhooks', () => {
  let folder: string
  let node: LiveNode
  let clock: ReturnType<typeof createFakeClock>
  let receiver: Receiver
  let ground: Parameters<typeof sendDueDeliveries>[0]
  beforeEach(async () => {
    clock = createFakeClock()
    folder = mkdtempSync(join(tmpdir(), 'comanda-webhooks-'))
    node = await startNode({ file: join(folder, 'comanda.db'), clock, bell: () => {} })
    await node.store.write(null, (tx) => seedDemo(tx, 'hash'))
    receiver = await startReceiver()
    const config = readConfig({ COMANDA_WEBHOOKS_INSIDE: receiver.url })
    ground = { ...node.context, config, random: () => 0.5 }
  })
  afterEach(async () => {
    receiver.stop()
    await node.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const states: OrderState[] = ['queued', 'making', 'baking', 'ready', 'collected']
  /** Steps of an order of its own, from its beginning. */
  async function happen(id: string, steps = states.length, over: Partial<Order> = {}) {
    await node.context.commit('napoli', async (_tx, append) => {
      for (const [index, state] of states.slice(0, steps).entries()) {
        const version = index + 1
        const order = buildOrder({ id, tracking: `tracking-${id}`, state, version, ...over })
        const type = version === 1 ? 'order.placed' : 'order.moved'
        const { position: _, ...event } = buildEvent(order, { version, type, id: `${id}-${version}` })
        await append(event as NewEvent)
      }
    })
  }
  const add = (types: HookType[] = [...hookTypes]) => addHook(ground, 'napoli', { url: `${receiver.url}/till`, types })
  async function tick() {
    await noteDeliveries(ground)
    await sendDueDeliveries(ground)
  }
  const first = async () => (await readHooks(ground, 'napoli'))[0]!.deliveries
  /** Until nothing is being sent. */
  const settled = (count: number) =>
    until(async () => (await first()).filter(({ outcome }) => outcome === 'sent').length === count || null)

  it('[WHK-1] [WHK-2] tells each step that is wanted, in order, from where it was added', async () => {
    await happen('before')
    await add(['order.placed', 'order.ready'])
    await happen('a')
    await happen('test', states.length, { test: true })
    await tick()
    await settled(2)
    expect(receiver.types()).toEqual(['order.placed', 'order.ready'])
    expect(receiver.received.map(({ body }) => [body.order.id, body.version])).toEqual([
      ['a', 1],
      ['a', 4],
    ])
    await tick()
    expect(receiver.asked).toBe(2)
  })

  it('[WHK-3] signs what it sends, with the secret that was told once', async () => {
    const { hook, secret } = await add()
    await happen('a', 1)
    await tick()
    await settled(1)
    const { headers, text, body } = receiver.received[0]!
    expect(headers['comanda-signature']).toBe(signatureOf(secret, Math.floor(clock.now() / 1000), text))
    expect(headers['comanda-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/)
    expect([headers['comanda-event'], headers['comanda-delivery']]).toEqual(['order.placed', body.id])
    expect(JSON.stringify([hook, await readHooks(ground, 'napoli')])).not.toContain(secret)
  })

  it('[WHK-2] what was taken by a node that died is told by the next one, under the same id', async () => {
    await add()
    await happen('a', 1)
    await noteDeliveries(ground)
    // It took the message, and died before it was sent.
    await node.store.write('napoli', (tx) => tx.takeDueDeliveries('napoli', clock.now(), clock.now() + 30_000, 5))
    await tick()
    expect(receiver.asked).toBe(0)
    await clock.advance(30_000)
    await tick()
    await settled(1)
    expect(receiver.types()).toEqual(['order.placed'])
  })

  it('[WHK-4] waits longer after each failure, gives up in the end, and tells again when it is asked to', async () => {
    const { hook } = await add(['order.placed'])
    receiver.answer = 503
    await happen('a', 1)
    for (let tries = 1; tries <= 9; tries++) {
      await tick()
      await until(async () => (await first())[0]?.tries === tries || null)
      await tick()
      expect(receiver.asked).toBe(tries)
      await clock.advance(4 * 3600_000)
    }
    const [dead] = await first()
    expect(dead).toMatchObject({ outcome: 'dead', answer: '503', dueAt: null, tries: 9 })
    await tick()
    expect(receiver.asked).toBe(9)
    receiver.answer = 204
    await expect(replayDelivery(ground, 'milano', hook.id, dead!.id)).rejects.toMatchObject({ code: 'webhook.unknown' })
    await replayDelivery(ground, 'napoli', hook.id, dead!.id)
    await tick()
    await settled(1)
    expect(receiver.received.map(({ body }) => body.id)).toEqual([dead!.id])
  })

  it('[WHK-4] a webhook that fails is not asked for each message, and holds up no other', async () => {
    const other = await startReceiver()
    try {
      ground = { ...ground, config: readConfig({ COMANDA_WEBHOOKS_INSIDE: `${receiver.url},${other.url}` }) }
      await add()
      await addHook(ground, 'napoli', { url: other.url, types: ['order.placed'] })
      receiver.answer = 500
      await happen('a')
      await tick()
      await until(async () => (await first()).some(({ tries }) => tries === 1) || null)
      await until(() => other.received.length === 1 || null)
      expect(receiver.asked).toBe(1)
      // A redirect is an answer, and leads nowhere.
      receiver.answer = 302
      await clock.advance(10_000)
      await tick()
      await until(async () => (await first()).some(({ answer }) => answer === '302') || null)
      receiver.answer = 200
      for (let rounds = 0; rounds < 3; rounds++) {
        await clock.advance(60_000)
        await tick()
      }
      await settled(3)
    } finally {
      other.stop()
    }
  })

  it('[WHK-4] the waits grow fourfold, up to four hours', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((tries) => waitAfter(tries, 0))
    expect(waits.slice(0, 3)).toEqual([2500, 10_000, 40_000])
    expect(waits.at(-1)).toBe(2 * 3600_000)
    expect(waitAfter(1, 0.999)).toBeGreaterThan(4900)
  })

  it('[WHK-5] refuses an address inside the network, also one that came to lead there', async () => {
    ground = { ...ground, config: readConfig({}) }
    for (const url of [
      receiver.url,
      'http://localhost:3000/',
      'http://[::1]/',
      'http://10.1.2.3/',
      'http://169.254.1.1',
    ])
      await expect(addHook(ground, 'napoli', { url, types: ['order.placed'] })).rejects.toMatchObject({
        code: 'webhook.inside',
      })
    const allowed = { ...ground, config: readConfig({ COMANDA_WEBHOOKS_INSIDE: receiver.url }) }
    await addHook(allowed, 'napoli', { url: receiver.url, types: ['order.placed'] })
    await happen('a', 1)
    await tick()
    await until(async () => (await first())[0]?.outcome === 'dead' || null)
    expect((await first())[0]).toMatchObject({ answer: 'inside', tries: 1 })
    expect(receiver.asked).toBe(0)
  })

  it('[WHK-2] goes on at the head of a log that is another one', async () => {
    await add()
    await happen('a', 1)
    const [hook] = await node.store.read((tx) => tx.hooksOf('napoli'))
    await node.store.write('napoli', (tx) => tx.moveHook(hook!.id, 'another', 40))
    await tick()
    await happen('b', 1)
    await tick()
    await settled(1)
    expect(receiver.received.map(({ body }) => body.order.id)).toEqual(['b'])
  })
})
