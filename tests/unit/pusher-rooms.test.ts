import { describe, expect, it } from 'vitest'
import { createRooms } from '../../server/pusher/rooms.ts'

/** The event names in bytes that hold one frame after the other. */
const namesIn = (bytes: Buffer) => [...bytes.toString().matchAll(/"event":"(\w+)"/g)].map(([, name]) => name)
const round = () => new Promise<void>((resolve) => setImmediate(resolve))

function open() {
  const rooms = createRooms()
  const enter = (socketId: string) => {
    const writes: (string | undefined)[][] = []
    const occupant = { socketId, write: (bytes: Buffer) => void writes.push(namesIn(bytes)) }
    rooms.enter('news', occupant, null)
    return { writes, leave: () => rooms.leave('news', occupant) }
  }
  return { rooms, enter }
}

describe('events of an application', () => {
  it('[PSH-9] leave in one write for each socket and turn, in order, and not to whom they come from', async () => {
    const { rooms, enter } = open()
    const [one, two] = [enter('1.1'), enter('1.2')]
    rooms.publish('news', 'first', '{}')
    rooms.publish('news', 'second', '{}', '1.1')
    rooms.publish('news', 'third', '{}')
    await round()
    expect([one.writes, two.writes]).toEqual([[['first', 'third']], [['first', 'second', 'third']]])
  })

  it('[PSH-9] are for those who were there: not for who comes after them, and for who leaves after them', async () => {
    const { rooms, enter } = open()
    const early = enter('1.1')
    rooms.publish('news', 'first', '{}')
    const late = enter('1.2')
    rooms.publish('news', 'second', '{}')
    early.leave()
    await round()
    expect([early.writes, late.writes]).toEqual([[['first'], ['second']], [['second']]])
    rooms.publish('nobody', 'third', '{}')
  })
})
