import { createServer, type Server } from 'node:http'
import { say } from '../lib/process.ts'

/**
 * All peers have the same entry point: `POST /publish` with the event's data, answered once the event is on its way to
 * everybody.
 */
export function servePublish(broadcast: (event: object) => void): Server {
  let position = 0
  return createServer((request, response) => {
    const parts: Buffer[] = []
    request
      .on('data', (part) => parts.push(part))
      .on('end', () => {
        broadcast({ ...JSON.parse(Buffer.concat(parts).toString()), position: ++position })
        response.writeHead(204).end()
      })
  })
}

export const listen = (server: Server) =>
  server.listen(0, '127.0.0.1', () => say({ port: (server.address() as { port: number }).port }))
