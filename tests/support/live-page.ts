import type { CarrierKind } from '../../shared/live/carrier.ts'
import { createLiveClient } from '../../shared/live/client/client.ts'
import type { LiveOptions, LiveStatus } from '../../shared/live/client/types.ts'
import type { WireEvent, Snapshot } from '../../shared/live/messages.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeNetwork } from './fake-network.ts'
import type { Change, State } from './fake-server.ts'
import { createFakeServer, project, stream } from './fake-server.ts'
import { randomFrom } from './seed.ts'

interface Setup extends Partial<Pick<LiveOptions, 'device' | 'build'>> {
  random?: () => number
  serverSkew?: number
  clientSkew?: number
  /** A page that was not rendered with a snapshot. */
  bare?: boolean
  /** The installation's foreign carrier. */
  carrier?: CarrierKind
}

/** A page at the fake server: what it holds, what it was told, and whether the feed ever broke its guarantees. */
export function openPage({
  random = randomFrom(1),
  serverSkew = 0,
  clientSkew = 0,
  bare = false,
  carrier,
  ...rest
}: Setup = {}) {
  const clock = createFakeClock()
  const server = createFakeServer(clock, { skew: serverSkew })
  const skew = { ms: clientSkew }
  const network = createFakeNetwork(clock, server, random, skew, carrier)
  server.write({ order: 'a', add: 1 })
  const first = server.snapshot()
  const page = {
    state: bare ? {} : first.state,
    at: bare ? { epoch: '', position: -1 } : { epoch: first.epoch, position: first.position },
    resets: 0,
    applied: [] as number[],
    statuses: [] as LiveStatus[],
    builds: [] as string[],
    offset: 0,
    faults: [] as unknown[],
    /** Makes the next `apply` throw. */
    breakNext: false,
  }
  const client = createLiveClient({
    stream,
    cursor: bare ? null : page.at,
    renderedAt: bare ? undefined : first.now,
    ...rest,
    io: network.io,
    on: {
      reset(snapshot) {
        const { epoch, position, state } = snapshot as Snapshot<State>
        page.resets++
        page.at = { epoch, position }
        page.state = state
      },
      apply(event: WireEvent) {
        if (event.position !== page.at.position + 1)
          throw new Error(`applied ${event.position} after ${page.at.position}`)
        page.at = { ...page.at, position: event.position }
        page.applied.push(event.position)
        if (page.breakNext) {
          page.breakNext = false
          throw new Error('a bug in a store')
        }
        if (event.type) page.state = project(page.state, event.data as Change)
      },
      status: (status) => page.statuses.push(status),
      build: (build) => page.builds.push(build),
      offset: (ms) => {
        page.offset = ms
      },
      fault: (fault) => page.faults.push(fault),
    },
  })
  return {
    clock,
    server,
    skew,
    client,
    page,
    ...network,
    status: () => page.statuses.at(-1) ?? { name: 'idle' as const },
    /** Started, welcomed and caught up. */
    async live() {
      client.start()
      await clock.advance(100)
    },
  }
}
