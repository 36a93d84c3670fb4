import type { Hooks } from 'crossws'
import { createRooms, type Rooms } from './rooms.ts'
import type { PusherApp } from './signature.ts'
import { createPusherTransport, type PusherGround } from './transport.ts'

/** Comanda as a server of the Pusher protocol (`COMANDA_PUSHER`, rules PSH). Loaded only where it is switched on. */
export interface Pusher {
  app: PusherApp
  rooms: Rooms
  hooks: Partial<Hooks>
}

export function createPusher(ground: Omit<PusherGround, 'rooms'>): Pusher {
  const rooms = createRooms()
  return { app: ground.app, rooms, hooks: createPusherTransport({ ...ground, rooms }) }
}
