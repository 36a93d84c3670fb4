import { describe, expect, it } from 'vitest'
import { Channel, maxBufferBytes, maxBufferEvents } from '../../server/live/channel.ts'
import { encoders } from '../../server/live/frames.ts'
import { streamKinds } from '../../server/live/stream-kinds.ts'
import { unusable } from '../../server/live/unusable.ts'
import { parseStream } from '../../shared/live/streams.ts'
import { buildEvent, buildOrder } from '../support/build.ts'

const order = buildOrder()
const at = (position: number, over = {}) =>
  buildEvent(order, { position, version: position, id: `e${position}`, ...over })
function open(name = 'kitchen:napoli', head = 0) {
  const stream = parseStream(name)!
  const kind = streamKinds[stream.audience]
  return new Channel({ ...stream, kind, pizzeria: 'napoli' }, 'epoch', head, (_, event) => kind.project(event))
}
const filled = (count: number, channel = open()) => {
  for (let position = 1; position <= count; position++) channel.push(at(position))
  return channel
}
/** The positions in some bytes of SSE, where they are plain text. */
const positions = (bytes: Buffer) =>
  [...bytes.toString().matchAll(/^id: epoch:(\d+)$/gm)].map(([, position]) => Number(position))

describe('a channel', () => {
  it('[SRV-4] takes events in order only: a repeat is dropped, a hole is refused', () => {
    const channel = filled(3)
    expect([channel.push(at(2)), channel.push(at(3)), channel.head]).toEqual([true, true, 3])
    expect([channel.push(at(5)), channel.head]).toEqual([false, 3])
    expect([channel.push(at(4)), channel.head]).toEqual([true, 4])
    expect(positions(channel.chunkAfter(0, encoders.sse)!.bytes)).toEqual([1, 2, 3, 4])
  })

  it("[LOG-3] one subject's channel counts in versions, and ignores everything else", () => {
    const channel = open(`order:${order.tracking}`, 3)
    expect(channel.concerns(at(90))).toBe(true)
    expect(channel.concerns(at(90, { subject: 'menu' }))).toBe(false)
    expect(channel.push(at(90, { version: 4 }))).toBe(true)
    expect(channel.head).toBe(4)
    expect(open().concerns(at(90, { subject: 'menu' }))).toBe(true)
  })

  it('[SRV-3] keeps the newest thousand, and says when somebody is further behind', () => {
    const channel = filled(maxBufferEvents + 10)
    expect(channel.chunkAfter(9, encoders.sse)).toBe(null)
    const all: number[] = []
    for (let cursor = 10; cursor < channel.head;) {
      const chunk = channel.chunkAfter(cursor, encoders.sse)!
      all.push(...positions(chunk.bytes))
      expect(all.at(-1)).toBe(chunk.to)
      cursor = chunk.to
    }
    expect(all).toEqual(Array.from({ length: maxBufferEvents }, (_, index) => index + 11))
  })

  it('[SRV-3] keeps eight megabytes at most, whatever the events weigh', () => {
    const channel = open()
    const order = buildOrder({ note: 'x'.repeat(100_000) })
    for (let position = 1; position <= 200; position++) channel.push(at(position, { data: order }))
    const kept = Math.floor(maxBufferBytes / JSON.stringify(order).length)
    expect(channel.chunkAfter(200 - kept - 1, encoders.sse)).toBe(null)
    expect(channel.chunkAfter(200 - kept, encoders.sse)).toMatchObject({ to: 200 - kept + 1 })
  })

  it('[SRV-3] joins what fits into one write, but always at least one event', () => {
    const channel = open()
    const big = buildOrder({ note: 'x'.repeat(30_000) })
    for (let position = 1; position <= 5; position++) channel.push(buildEvent(big, { position }))
    expect(channel.chunkAfter(0, encoders.websocket)).toMatchObject({ to: 2 })
    channel.push(buildEvent(buildOrder({ note: 'x'.repeat(100_000) }), { position: 6 }))
    expect(channel.chunkAfter(5, encoders.websocket)).toMatchObject({ to: 6 })
  })

  it('[SRV-3] makes bytes once for everybody who asks for the same', () => {
    const channel = filled(3)
    const chunk = channel.chunkAfter(0, encoders.websocket)!
    expect(channel.chunkAfter(0, encoders.websocket)).toBe(chunk)
    expect(channel.chunkAfter(0, encoders.sse)!.bytes.equals(chunk.bytes)).toBe(false)
    channel.push(at(4))
    expect(channel.chunkAfter(0, encoders.websocket)).toMatchObject({ to: 4 })
  })

  it('[SRV-3] has nothing to send to a reader at the head', () => {
    expect(filled(3).chunkAfter(3, encoders.sse)).toMatchObject({ to: 3, bytes: Buffer.alloc(0) })
  })
})

describe('a cursor', () => {
  const channel = { epoch: 'epoch', head: 100 }
  const cursor = (position: number, epoch = 'epoch') => ({ epoch, position })

  it.each([
    ['at the head', cursor(100), 1, null],
    ['before the oldest event, which is the next', cursor(40), 41, null],
    ['of another life of the log', cursor(100, 'other'), 1, 'epoch'],
    ['of the future', cursor(101), 1, 'future'],
    ['before something that is gone', cursor(39), 41, 'old'],
    ['of an empty log', cursor(0), 1, null],
  ])('[MSG-3] %s', (_, after, oldest, reason) => {
    expect(unusable(after, channel, oldest)).toBe(reason)
  })

  it('[MSG-3] is refused when it is so far back that a snapshot is smaller', () => {
    expect(unusable(cursor(0), { epoch: 'epoch', head: 5000 }, 1)).toBe(null)
    expect(unusable(cursor(0), { epoch: 'epoch', head: 5001 }, 1)).toBe('many')
  })
})
