import { startPeer, type Peer } from './fanout.ts'
import { median } from './lib/figures.ts'
import { startTalker } from './lib/process.ts'
import type { MemoryLoad, MemoryResult } from './memory-load.ts'

export interface MemoryRow {
  peer: Peer
  clients: number
  rounds: number
  /** Resident memory, bytes. */ before: number
  after: number
}

/**
 * What idle connections cost a server that has just started. A warm server has memory to spare and would seem to need
 * none.
 */
export async function measureMemory({
  clients,
  rounds,
  peers,
}: {
  clients: number[]
  rounds: number
  peers: readonly Peer[]
}): Promise<MemoryRow[]> {
  const rows: MemoryRow[] = []
  for (const count of clients) {
    const seen = new Map<Peer, MemoryResult[]>(peers.map((peer) => [peer, []]))
    for (let round = 1; round <= rounds; round++)
      for (const peer of peers) seen.get(peer)!.push(await once(peer, count))
    const these = peers.map((peer) => ({
      peer,
      clients: count,
      rounds,
      before: median(seen.get(peer)!.map((one) => one.before)),
      after: median(seen.get(peer)!.map((one) => one.after)),
    }))
    rows.push(...these)
    const grown = these.map(
      ({ peer, before, after }) => `${peer} ${Math.round(before / 2 ** 20)} to ${Math.round(after / 2 ** 20)} MB`,
    )
    console.log(`memory, ${count} connections: ${grown.join(', ')}`)
  }
  return rows
}

async function once(peer: Peer, clients: number): Promise<MemoryResult> {
  const {
    pids: [pid],
    stop,
    load: { publish: _, ...target },
  } = await startPeer(peer)
  try {
    const client = startTalker<MemoryResult>(new URL('memory-load.ts', import.meta.url), {
      ...target,
      pid: pid!,
      clients,
    } satisfies MemoryLoad)
    try {
      return await client.next()
    } finally {
      await client.stop()
    }
  } finally {
    await stop()
  }
}
