import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: IncomingHttpHeaders
  text: string
  body: { id: string; type: string; position: number; version: number; order: { id: string; state: string } }
}

/** Somebody else's server that follows the shop: it keeps what it is told, and answers as a test says. */
export async function startReceiver() {
  const receiver = {
    url: '',
    received: [] as Received[],
    /** The status of its answers; 0: it says nothing at all. */
    answer: 200,
    /** Every request, also those that were refused. */
    asked: 0,
    types: () => receiver.received.map(({ body }) => body.type),
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      receiver.asked += 1
      if (receiver.answer === 0) return
      if (receiver.answer < 300)
        receiver.received.push({ headers: request.headers, text, body: JSON.parse(text) as Received['body'] })
      response.writeHead(receiver.answer, { location: 'http://127.0.0.1:1/' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return receiver
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>
