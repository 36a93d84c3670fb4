import { placeOrder } from '../tests/support/orders.ts'
import { startComanda } from './lib/comanda.ts'
import { startTalker } from './lib/process.ts'
import type { StormLine, StormLoad } from './storm-clients.ts'

export type StormResult = Extract<StormLine, { name: 'back' | 'late' }> & { clients: number }

/**
 * kill -9 with many clients connected, then the same port and database again; an order is placed while they come back.
 */
export async function measureStorm({ clients }: { clients: number }): Promise<StormResult> {
  const { server } = await startComanda()
  const crowd = startTalker<StormLine>(new URL('storm-clients.ts', import.meta.url), {
    port: server.port,
    clients,
    stream: 'board:napoli',
  } satisfies StormLoad)
  try {
    await placeOrder(server)
    const ready = await crowd.next()
    if (ready.name !== 'ready') throw new Error('the crowd never became live')
    for (let order = 0; order < 5; order++) await placeOrder(server)
    await server.restart()
    // /readyz has answered: the time counts from here.
    await placeOrder(server)
    crowd.child.kill('SIGUSR2')
    const result = (await crowd.next()) as StormResult
    const outcome =
      result.name === 'back'
        ? `all live and correct after ${result.seconds.toFixed(1)} s`
        : `late: ${result.live} live, ${result.correct} correct`
    console.log(`storm, ${clients} clients: ${outcome}`)
    return { ...result, clients }
  } finally {
    await crowd.stop()
    await server.stop()
  }
}
