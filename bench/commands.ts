import { setTimeout as wait } from 'node:timers/promises'
import { startComanda } from './lib/comanda.ts'
import { costOf, keepBusy, prepareCommands, type Command } from './lib/commands.ts'
import { median } from './lib/figures.ts'
import { cpuSeconds } from './lib/process.ts'

export interface CommandRow {
  name: string
  /** Under way at once. */ atOnce: number
  /** CPU time of the server for one, µs. */ cpuMicros: number
  perSecond: number
}

/** What requests cost the server, one and sixteen at a time, over real HTTP, and what it costs while it is idle. */
export async function measureCommands({ seconds, rounds }: { seconds: number; rounds: number }): Promise<CommandRow[]> {
  const comanda = await startComanda()
  const { server } = comanda
  const { healthz, soldOut, order, close } = await prepareCommands(comanda)
  const commands: Record<string, Command> = {
    'GET /healthz': healthz,
    '86: PATCH …/menu/items/{item}': soldOut,
    'order: POST …/orders': order,
  }
  try {
    const rows: CommandRow[] = []
    // Measured before there are orders: no screen shows them here, so the server would have to escalate them.
    await keepBusy(healthz, 1, seconds)
    await wait(seconds * 1000)
    const [cpu, idle] = [cpuSeconds(server.pid), seconds * 10]
    await wait(idle * 1000)
    rows.push({
      name: 'nothing, for a second',
      atOnce: 0,
      cpuMicros: ((cpuSeconds(server.pid) - cpu) / idle) * 1e6,
      perSecond: 1,
    })
    console.log(`commands, ${rows.at(-1)!.name}: ${rows.at(-1)!.cpuMicros.toFixed(0)} µs`)
    for (const [name, command] of Object.entries(commands)) {
      await keepBusy(command, 1, seconds)
      for (const atOnce of [1, 16]) {
        const results: Awaited<ReturnType<typeof costOf>>[] = []
        for (let round = 0; round < rounds; round++)
          results.push(await costOf(command, server.pid, { atOnce, seconds }))
        rows.push({
          name,
          atOnce,
          cpuMicros: median(results.map((result) => result.cpuMicros)),
          perSecond: median(results.map((result) => result.perSecond)),
        })
        console.log(
          `commands, ${name}, ${atOnce} at once: ${rows.at(-1)!.cpuMicros.toFixed(0)} µs, ` +
            `${Math.round(rows.at(-1)!.perSecond)}/s`,
        )
      }
    }
    return rows
  } finally {
    close()
    await server.stop()
  }
}
