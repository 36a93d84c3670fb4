import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encoders } from '../../server/live/frames.ts'
import type { Down } from '../../shared/live/messages.ts'

/** The parser of `ws`, which the package does not export: every client with that library reads our bytes with it. */
const require = createRequire(import.meta.url)
const Receiver = require(join(dirname(require.resolve('ws')), 'lib/receiver.js')) as new (
  options: object,
) => NodeJS.WritableStream & NodeJS.EventEmitter

/** What a client reads from bytes that are cut into pieces of some size; throws what the parser refuses. */
function read(bytes: Buffer, pieces = bytes.length): string[] {
  const receiver = new Receiver({ isServer: false, maxPayload: 0, allowSynchronousEvents: true })
  const texts: string[] = []
  let refused: Error | null = null
  receiver.on('message', (data: Buffer, binary: boolean) => texts.push(binary ? 'binary' : data.toString('utf8')))
  receiver.on('error', (error: Error) => {
    refused = error
  })
  for (let at = 0; at < bytes.length; at += pieces) receiver.write(bytes.subarray(at, at + pieces))
  if (refused) throw refused
  return texts
}

/** A message whose JSON is exactly this many bytes long. */
function ofLength(length: number, letter = 'x'): Down {
  const empty = Buffer.byteLength(JSON.stringify({ kind: 'error', code: '' }))
  return { kind: 'error', code: letter.repeat((length - empty) / Buffer.byteLength(letter)) }
}
const least = Buffer.byteLength(JSON.stringify({ kind: 'error', code: '' }))

describe('frames of our own', () => {
  it.each([least, 125, 126, 127, 65_535, 65_536, 65_537, 300_001])(
    '[TRN-1] a text of %i bytes is read as it was written',
    (length) => {
      const message = ofLength(length)
      expect(Buffer.byteLength(JSON.stringify(message))).toBe(length)
      expect(read(encoders.websocket.message(message))).toEqual([JSON.stringify(message)])
    },
  )

  it.each([
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('[TRN-1] %i bytes have the shortest header, %i bytes, unmasked', (length, header) => {
    const frame = encoders.websocket.message(ofLength(length))
    expect(frame.length).toBe(header + length)
    expect(frame[0]).toBe(0x81)
    expect(frame[1]! & 0x80).toBe(0)
  })

  it('[TRN-1] counts bytes, not letters', () => {
    for (const letter of ['é', '€', '🍕']) {
      const message: Down = { kind: 'error', code: letter.repeat(60) }
      expect(read(encoders.websocket.message(message))).toEqual([JSON.stringify(message)])
    }
  })

  it('[TRN-1] many in one write, cut anywhere, are read one by one', () => {
    const messages = [least, 125, 126, 65_536, 200].map((length) => ofLength(length))
    const bytes = Buffer.concat(messages.map(encoders.websocket.message))
    for (const pieces of [1, 3, 1000, bytes.length])
      expect(read(bytes, pieces)).toEqual(messages.map((message) => JSON.stringify(message)))
  })

  it('[STR-5] an event without anything visible is its position alone', () => {
    expect(read(encoders.websocket.event('board:napoli', 'e', { position: 7, data: undefined }))).toEqual([
      '{"kind":"event","stream":"board:napoli","position":7}',
    ])
  })
})

describe('server-sent events of our own', () => {
  it('[TRN-2] an event carries the cursor after it, a message none', () => {
    expect(
      encoders.sse.event('menu:napoli', 'abc', { position: 7, type: 'menu.changed', data: { a: 1 } }).toString(),
    ).toBe(
      'id: abc:7\ndata: {"kind":"event","stream":"menu:napoli","position":7,"type":"menu.changed","data":{"a":1}}\n\n',
    )
    expect(encoders.sse.message({ kind: 'pong', n: 1, now: '' }).toString()).toBe(
      'data: {"kind":"pong","n":1,"now":""}\n\n',
    )
  })

  it("[TRN-2] no customer's note breaks out of its line", () => {
    const note = 'one\ntwo\r\nthree\rid: evil:1\n\nevent: x\u2028\u2029\0'
    const text = encoders.sse.event('kitchen:napoli', 'e', { position: 1, data: { note } }).toString()
    expect(text.split(/\r\n|\r|\n/)).toHaveLength(4)
    expect(JSON.parse(text.split('\n')[1]!.slice('data: '.length))).toMatchObject({ data: { note } })
  })
})
