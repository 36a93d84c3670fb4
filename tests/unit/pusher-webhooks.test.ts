import PusherServer from 'pusher'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../server/config.ts'
import { createRooms } from '../../server/pusher/rooms.ts'
import { createRoomWebhooks } from '../../server/pusher/webhooks.ts'
import type { Answer } from '../../server/webhooks/send.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { pusherApp } from '../support/pusher.ts'

/** Rooms whose events go to two addresses; `answers` says what each of them answers. */
function open() {
  const clock = createFakeClock()
  const sent: { url: string; body: string; headers: Record<string, string>; at: number }[] = []
  const outcomes: Record<string, Answer['outcome']> = {}
  const warnings: object[] = []
  const start = clock.now()
  const rooms = createRooms(
    createRoomWebhooks({
      app: pusherApp,
      config: { COMANDA_PUSHER_WEBHOOKS: ['https://a.example/', 'https://b.example/'] } as Config,
      clock: clock.now,
      logger: { warn: (about: object) => warnings.push(about) } as never,
      random: () => 1,
      setTimer: clock.setTimer,
      async send(_config, url, body, headers) {
        sent.push({ url, body, headers, at: clock.now() - start })
        return { outcome: outcomes[url] ?? 'taken', answer: '' }
      },
    }),
  )
  const enter = (name: string, socketId: string, id?: string) => {
    const occupant = { socketId, write() {} }
    rooms.enter(name, occupant, id === undefined ? null : { id })
    return () => rooms.leave(name, occupant)
  }
  const to = (url: string) => sent.filter((one) => one.url === url)
  return { clock, enter, to, outcomes, warnings }
}
const { key, secret, id: appId } = pusherApp
const library = new PusherServer({ appId, key, secret, host: 'localhost' })

describe('webhooks of the Pusher protocol', () => {
  it('[PSH-10] say who came and went, together and in order, as the server library reads it', async () => {
    const { clock, enter, to } = open()
    const leave = [enter('presence-kitchen.napoli', '1.1', 'ada'), enter('presence-kitchen.napoli', '1.2', 'ada')]
    leave.push(enter('news', '1.1'))
    await clock.advance(900)
    leave.forEach((go) => go())
    await clock.advance(1_000)
    const { body, headers } = to('https://a.example/')[0]!
    const hook = library.webhook({ headers: { 'content-type': 'application/json', ...headers }, rawBody: body })
    expect(hook.isValid()).toBe(true)
    expect(hook.getTime().getTime()).toBe(clock.now() - 900)
    expect(hook.getEvents()).toEqual([
      { name: 'channel_occupied', channel: 'presence-kitchen.napoli' },
      { name: 'member_added', channel: 'presence-kitchen.napoli', user_id: 'ada' },
      { name: 'channel_occupied', channel: 'news' },
      { name: 'member_removed', channel: 'presence-kitchen.napoli', user_id: 'ada' },
      { name: 'channel_vacated', channel: 'presence-kitchen.napoli' },
      { name: 'channel_vacated', channel: 'news' },
    ])
    expect(to('https://a.example/')).toHaveLength(1)
    const other = library.webhook({
      headers: { 'content-type': 'application/json', ...headers },
      rawBody: body.replace('ada', 'eve'),
    })
    expect(other.isValid()).toBe(false)
  })

  it('[PSH-10] are tried again for five minutes, in order, and one that fails holds up no other', async () => {
    const { clock, enter, to, outcomes, warnings } = open()
    outcomes['https://a.example/'] = 'failed'
    enter('one', '1.1')
    await clock.advance(2_000)
    enter('two', '1.1')
    await clock.advance(10_000)
    expect(to('https://b.example/').map(({ body }) => /"channel":"(\w+)"/.exec(body)![1])).toEqual(['one', 'two'])
    expect(to('https://a.example/').every(({ body }) => body.includes('"one"'))).toBe(true)
    await clock.advance(100_000)
    const ofOne = to('https://a.example/').filter(({ body }) => body.includes('"one"'))
    expect(ofOne.map(({ at }) => at)).toEqual([1_000, 6_000, 26_000, 106_000])
    expect(warnings).toHaveLength(1)
    outcomes['https://a.example/'] = 'taken'
    await clock.advance(200_000)
    expect(to('https://a.example/').at(-1)!.body).toContain('"two"')
  })

  it('[PSH-10] never go into our own network', async () => {
    const { clock, enter, to, outcomes, warnings } = open()
    outcomes['https://a.example/'] = 'forbidden'
    enter('one', '1.1')
    await clock.advance(600_000)
    expect([to('https://a.example/').length, warnings.length]).toEqual([1, 1])
  })
})
