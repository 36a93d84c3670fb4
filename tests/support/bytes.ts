import { connect } from 'node:net'

/**
 * Sends bytes as they are and answers what came back, once `enough` says so or the server has hung up. For what no HTTP
 * client would send.
 */
export const sendBytes = (
  port: number,
  bytes: string | Buffer,
  enough: (said: string) => boolean = () => false,
): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    const end = () => {
      socket.destroy()
      resolve(said)
    }
    socket.on('error', end).on('close', end).on('end', end)
    socket.on('data', (part) => {
      said += part.toString('latin1')
      if (enough(said)) end()
    })
    socket.write(bytes)
  })

/** A request in bytes: its headers one a line, each in latin1, and a body. */
export const asBytes = (method: string, path: string, headers: Record<string, string>, body: string | Buffer = '') =>
  Buffer.concat([
    Buffer.from(
      `${method} ${path} HTTP/1.1\r\n` +
        Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close', ...headers })
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('') +
        '\r\n',
      'latin1',
    ),
    Buffer.from(body),
  ])

export const statusOf = (said: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0)
