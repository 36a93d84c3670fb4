import { createRounds } from '../live/rounds.ts'
import { frame, rawFrame } from './frames.ts'
import type { RoomEvent } from './webhooks.ts'

/** Who a member of a presence channel is, as the others see them. */
export interface Member {
  id: string
  info?: Record<string, unknown>
}

/** One socket in a room. */
export interface Occupant {
  readonly socketId: string
  write(bytes: Buffer): void
}

/**
 * All channels that somebody has open on this node, and who: what presence and the REST calls are answered from, and
 * what webhooks are told of.
 */
export function createRooms(note: (event: RoomEvent) => void = () => {}, uptime = () => performance.now()) {
  const rooms = new Map<string, Map<Occupant, Member | null>>()
  /** Events of the application's own that leave with the next round, in their order. */
  const due = new Map<string, { bytes: Buffer; but: string | undefined }[]>()
  const plan = createRounds(uptime, () => [...due.keys()].forEach(send))

  const membersOf = (name: string) => {
    const members = new Map<string, Member>()
    for (const member of rooms.get(name)?.values() ?? []) if (member) members.set(member.id, member)
    return members
  }
  const tell = (name: string, bytes: Buffer) => {
    for (const occupant of rooms.get(name)?.keys() ?? []) occupant.write(bytes)
  }

  /** What is due in a room, in one write for each who is in it. */
  function send(name: string) {
    const events = due.get(name)
    if (!events) return
    due.delete(name)
    const join = (some: typeof events) =>
      some.length === 1 ? some[0]!.bytes : Buffer.concat(some.map(({ bytes }) => bytes))
    const whole = join(events)
    const senders = new Set(events.map(({ but }) => but))
    for (const occupant of rooms.get(name)?.keys() ?? []) {
      if (!senders.has(occupant.socketId)) occupant.write(whole)
      else {
        const others = events.filter(({ but }) => but !== occupant.socketId)
        if (others.length > 0) occupant.write(join(others))
      }
    }
  }

  return {
    /** The others hear of a member when their first socket comes. */
    enter(name: string, occupant: Occupant, member: Member | null) {
      // What was published before is not for who comes now.
      send(name)
      const isNew = member && !membersOf(name).has(member.id)
      if (isNew)
        tell(name, frame('pusher_internal:member_added', { user_id: member.id, user_info: member.info ?? {} }, name))
      const room = rooms.get(name) ?? new Map<Occupant, Member | null>()
      if (room.size === 0) note({ name: 'channel_occupied', channel: name })
      if (isNew) note({ name: 'member_added', channel: name, user_id: member.id })
      rooms.set(name, room.set(occupant, member))
    },
    /** The others hear of it when a member's last socket has gone. */
    leave(name: string, occupant: Occupant) {
      send(name)
      const room = rooms.get(name)
      const member = room?.get(occupant)
      const wasIn = room?.delete(occupant)
      if (room?.size === 0) rooms.delete(name)
      if (member && !membersOf(name).has(member.id)) {
        tell(name, frame('pusher_internal:member_removed', { user_id: member.id }, name))
        note({ name: 'member_removed', channel: name, user_id: member.id })
      }
      if (wasIn && !rooms.has(name)) note({ name: 'channel_vacated', channel: name })
    },
    /** As a presence channel tells its members who is there. */
    presence(name: string) {
      const members = membersOf(name)
      return {
        count: members.size,
        ids: [...members.keys()],
        hash: Object.fromEntries([...members].map(([id, { info }]) => [id, info ?? {}])),
      }
    },
    /** An event of the application's own, to everybody in the room but the socket that it comes from. */
    publish(name: string, event: string, data: string, but?: string) {
      if (!rooms.has(name)) return
      const events = due.get(name) ?? []
      events.push({ bytes: rawFrame(event, data, name), but })
      due.set(name, events)
      plan()
    },
    names: () => [...rooms.keys()],
    subscriptions: (name: string) => rooms.get(name)?.size ?? 0,
    users: (name: string) => [...membersOf(name).keys()],
  }
}
export type Rooms = ReturnType<typeof createRooms>
