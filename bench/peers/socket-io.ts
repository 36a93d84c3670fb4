import { Server } from 'socket.io'
import { listen, servePublish } from './publish.ts'

/** socket.io as in its documentation, WebSocket only. */
const server = servePublish((event) => io.emit('event', event))
const io = new Server(server, { transports: ['websocket'], serveClient: false })
listen(server)
