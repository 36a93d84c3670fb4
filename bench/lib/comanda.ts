import { request } from 'node:http'
import { startServer, demoPin, type ServerOptions, type TestServer } from '../../tests/support/server.ts'

/** The built server with the demo pizzeria, and a bearer token for its staff. */
export interface Comanda {
  server: TestServer
  token: string
}

export async function startComanda({ env, ...options }: ServerOptions = {}): Promise<Comanda> {
  const server = await startServer({
    env: { COMANDA_LOG: 'warn', COMANDA_SOCKETS_PER_ADDRESS: '20000', ...env },
    ...options,
  })
  return { server, token: await signInAsProgram(server.url) }
}

export async function signInAsProgram(url: string): Promise<string> {
  const answer = await post(`${url}/api/staff/sign-in`, {
    pizzeria: 'napoli',
    pin: demoPin,
    role: 'manager',
    token: true,
  })
  if (answer.status !== 200) throw new Error(`sign-in was answered ${answer.status}`)
  return (answer.body as { token: string }).token
}

/** A small POST without the overhead of fetch, over kept connections. */
export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
        timeout: 10_000,
      },
      (answer) => {
        const parts: Buffer[] = []
        answer
          .on('data', (part) => parts.push(part))
          .on('end', () => resolve({ status: answer.statusCode!, body: parsed(Buffer.concat(parts).toString()) }))
          .on('error', reject)
      },
    )
    call
      .on('timeout', () => call.destroy(new Error('timeout')))
      .on('error', reject)
      .end(text)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
