import { createLiveClient } from '../shared/live/client/client.ts'
import type { LiveStatus } from '../shared/live/client/types.ts'
import type { WireEvent, Snapshot } from '../shared/live/messages.ts'
import { parseStream } from '../shared/live/streams.ts'
import { nodeIo, type Breakable } from './lib/node-io.ts'

interface Known {
  id: string
  version: number
  state?: string
}

/** One screen of the soak: what it has applied, and every event that it should not have been sent. */
export interface SoakClient {
  stream: string
  status(): LiveStatus
  position(): number
  /** The line below it, while there is one. */
  line(): Breakable | null
  /** How what it shows differs from a snapshot. Null: it is the same. */
  differs(snapshot: Snapshot): string | null
  dispose(): void
}

export interface SoakClientOptions {
  port: number
  stream: string
  headers: Record<string, string>
  noSockets: boolean
  random: () => number
  fault(text: string): void
}

/** Fields that must never reach an audience (STR-4). */
const hidden: Record<string, string[]> = {
  kitchen: ['customer', 'total', 'tracking', 'phone'],
  board: ['customer', 'total', 'tracking', 'phone', 'lines', 'note'],
}

export function createSoakClient({ stream, fault, ...world }: SoakClientOptions): SoakClient {
  const { audience } = parseStream(stream)!
  let status: LiveStatus = { name: 'idle' }
  let at = -1
  let line: Breakable | null = null
  const shown = new Map<string, Known>()
  const announced = new Set<string>()
  const forbidden = hidden[audience] ?? []

  function keep(value: unknown) {
    const { id, version, state } = value as Known
    for (const name of forbidden) if (name in (value as object)) fault(`${stream} was sent "${name}" (I5)`)
    if (version >= (shown.get(id)?.version ?? 0)) shown.set(id, { id, version, state })
  }
  function apply({ position, type, data, order }: WireEvent) {
    if (position !== at + 1) fault(`${stream}: position ${position} follows ${at} (I2)`)
    at = position
    if (!type?.startsWith('order.')) return
    keep(data)
    if (type === 'order.placed' && announced.size === announced.add(order!).size)
      fault(`${stream}: order ${order} was announced twice (I4)`)
  }

  const client = createLiveClient({
    stream,
    cursor: null,
    io: nodeIo({
      ...world,
      stream,
      opened: (opened) => {
        line = opened
      },
    }),
    on: {
      reset(snapshot) {
        at = snapshot.position
        shown.clear()
        listOf(snapshot).forEach(keep)
      },
      apply,
      status: (next) => {
        status = next
      },
      fault: (error) => fault(`${stream}: ${String(error)}`),
    },
  })
  client.start()
  return {
    stream,
    status: () => status,
    position: () => at,
    line: () => line,
    dispose: client.dispose,
    differs(snapshot) {
      const wanted = listOf(snapshot)
      const wrong = wanted.find(({ id, version }) => shown.get(id)?.version !== version)
      if (wrong)
        return (
          `${stream}: order ${wrong.id} stands at ${wrong.version}, shown at ` +
          `${shown.get(wrong.id)?.version ?? 'never'} (I3)`
        )
      return null
    },
  }
}

function listOf({ state }: Snapshot): Known[] {
  const { tickets, orders, entries } = state as { tickets?: Known[]; orders?: Known[]; entries?: Known[] }
  return tickets ?? orders ?? entries ?? []
}
