import { WebSocketServer } from 'ws'
import { listen, servePublish } from './publish.ts'

/** What most people write: the text, sent to each client. */
const server = servePublish((event) => {
  const text = JSON.stringify(event)
  for (const client of sockets.clients) if (client.readyState === client.OPEN) client.send(text)
})
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
listen(server)
