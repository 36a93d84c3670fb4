import { measureFanout, type FanoutRow, type Peer } from './fanout.ts'
import { noNchan } from './lib/nchan.ts'
import { noUws } from './lib/uws.ts'

export interface SaturatedResult {
  rows: FanoutRow[]
  /** A sentence for each peer that was not to be had. */
  leftOut: string[]
}

/** The same fan-out with 4 and with 64 events under way, beside servers whose work is done in C and C++. */
export async function measureSaturated({
  clients,
  rounds,
  seconds,
}: {
  clients: number
  rounds: number
  seconds: number
}): Promise<SaturatedResult> {
  const reasons = { uws: noUws(), nchan: noNchan() }
  const peers: Peer[] = ['comanda', 'comanda-sse', 'ws-once', 'uws', 'nchan']
  const rows = await measureFanout({
    clients: [clients],
    rounds,
    rateSeconds: seconds,
    saturatedSeconds: seconds,
    saturated64Seconds: seconds,
    peers: peers.filter((peer) => !reasons[peer as keyof typeof reasons]),
  })
  return { rows, leftOut: Object.values(reasons).filter((why) => why !== null) }
}
