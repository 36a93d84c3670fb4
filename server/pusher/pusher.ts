import type { Hooks } from 'crossws'
import { createRooms, type Rooms } from './rooms.ts'
import type { PusherApp } from './signature.ts'
import { createPusherTransport, type PusherGround } from './transport.ts'
import { createRoomWebhooks } from './webhooks.ts'

/** Comanda as a server of the Pusher protocol (`COMANDA_PUSHER`, rules PSH). Loaded only where it is switched on. */
export interface Pusher {
  app: PusherApp
  rooms: Rooms
  hooks: Partial<Hooks>
}

export function createPusher(ground: Omit<PusherGround, 'rooms'>): Pusher {
  const { app, uptime } = ground
  const rooms = createRooms(createRoomWebhooks(ground), uptime)
  return { app, rooms, hooks: createPusherTransport({ ...ground, rooms }) }
}
