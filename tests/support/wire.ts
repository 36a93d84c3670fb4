import { afterAll } from 'vitest'
import type { Snapshot } from '../../shared/live/messages.ts'
import { request, signIn, snapshot } from './orders.ts'
import { startServer } from './server.ts'
import { openSocket, type TestSocket } from './socket.ts'

/** One server for all tests of a file, its staff signed in, and short functions for its requests. */
export async function openWire() {
  const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
  afterAll(() => server.stop())
  const staff = await signIn(server)
  return {
    server,
    staff,
    /** As the owner of the cookie; without one, as a stranger. */
    getAs: (path: string, cookie?: string) => request(server, 'GET', path, cookie ? { cookie } : {}),
    get: (path: string, headers: Record<string, string> = {}) =>
      request(server, 'GET', path, { cookie: staff, headers }),
    take: async (stream: string) => (await snapshot(server, stream, staff)).body as Snapshot,
    async joined(...streams: { stream: string; after?: string }[]): Promise<TestSocket> {
      const socket = await openSocket(server, { cookie: staff })
      socket.hello(streams)
      for (const { stream } of streams) await socket.next('joined', (message) => message.stream === stream)
      return socket
    },
    /** An event that changes no order. */
    rung: () => request(server, 'POST', '/api/pizzerias/napoli/ring', { cookie: staff }),
  }
}
