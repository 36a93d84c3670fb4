import { frame, rawFrame } from './frames.ts'

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

/** All channels that somebody has open on this node, and who: what presence and the REST calls are answered from. */
export function createRooms() {
  const rooms = new Map<string, Map<Occupant, Member | null>>()

  const membersOf = (name: string) => {
    const members = new Map<string, Member>()
    for (const member of rooms.get(name)?.values() ?? []) if (member) members.set(member.id, member)
    return members
  }
  const tell = (name: string, bytes: Buffer, but?: string) => {
    for (const occupant of rooms.get(name)?.keys() ?? []) if (occupant.socketId !== but) occupant.write(bytes)
  }

  return {
    /** The others hear of a member when their first socket comes. */
    enter(name: string, occupant: Occupant, member: Member | null) {
      const isNew = member && !membersOf(name).has(member.id)
      if (isNew)
        tell(name, frame('pusher_internal:member_added', { user_id: member.id, user_info: member.info ?? {} }, name))
      const room = rooms.get(name) ?? new Map<Occupant, Member | null>()
      rooms.set(name, room.set(occupant, member))
    },
    /** The others hear of it when a member's last socket has gone. */
    leave(name: string, occupant: Occupant) {
      const room = rooms.get(name)
      const member = room?.get(occupant)
      room?.delete(occupant)
      if (room?.size === 0) rooms.delete(name)
      if (member && !membersOf(name).has(member.id))
        tell(name, frame('pusher_internal:member_removed', { user_id: member.id }, name))
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
      if (rooms.has(name)) tell(name, rawFrame(event, data, name), but)
    },
    names: () => [...rooms.keys()],
    subscriptions: (name: string) => rooms.get(name)?.size ?? 0,
    users: (name: string) => [...membersOf(name).keys()],
  }
}
export type Rooms = ReturnType<typeof createRooms>
