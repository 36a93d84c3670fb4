import crossws from 'crossws/adapters/node'
import { listen, servePublish } from './publish.ts'

/** crossws, which Comanda is built on, by itself: `send` to each peer. */
const live = crossws({ hooks: {} })
const server = servePublish((event) => {
  const text = JSON.stringify(event)
  for (const peers of live.peers.values()) for (const peer of peers) peer.send(text)
})
server.on('upgrade', (request, socket, head) => live.handleUpgrade(request, socket, head))
listen(server)
