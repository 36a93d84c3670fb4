import type { Socket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { listen, servePublish } from './publish.ts'

/**
 * `ws`, with the frame built once and written to each TCP socket: the least that a server on `ws` can do per client.
 */
const server = servePublish((event) => {
  const payload = Buffer.from(JSON.stringify(event))
  const header = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff])
  const frame = Buffer.concat([header, payload])
  for (const client of sockets.clients)
    if (client.readyState === client.OPEN) (client as WebSocket & { _socket: Socket })._socket.write(frame)
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
listen(server)
