import { createHash } from 'node:crypto'
import type { WireEvent } from '../../shared/live/messages.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { rehearse } from '../../shared/order/rehearsal.ts'
import { napoli } from '../../db/demo/napoli.ts'
import type { Carrier, OpenCarrier } from '../bus/bus.ts'
import type { Context } from '../context.ts'
import type { Listener } from '../ground/doorbell.ts'
import type { Hub } from '../live/hub.ts'
import type { Project } from '../live/projector.ts'
import { streamKinds } from '../live/stream-kinds.ts'
import type { OpenStream } from '../live/streams/kind.ts'
import type { Rehearsals } from '../orders/rehearsal.ts'

/** What the laboratory's lanes follow: a stream that anybody may open. */
const board: OpenStream = {
  name: `board:${napoli.id}`,
  audience: 'board',
  key: napoli.id,
  pizzeria: napoli.id,
  kind: streamKinds.board,
}
/** An order every three seconds, for ten minutes; each is ready and collected while one looks. */
const evening = { minutes: 10, everyMs: 3_000, staff: { readyAfterMs: 4_000, collectedAfterMs: 9_000 } }
const orders = (evening.minutes * 60_000) / evening.everyMs
/** As CAR-3 has it. */
const heartbeatMs = 10_000
/** Between two acts of anybody, ms. */
const restMs = 100

/** A message as it travels without a log: to whoever listens now, once, and to nobody else. */
export type Published =
  { name: 'event'; data: WireEvent } | { name: 'heartbeat'; data: { now: string; head: number; epoch: string } }
export type LabAct = 'orders' | 'rest' | 'doorbell' | 'epoch'

interface LabGround extends Pick<Context, 'store' | 'clock' | 'uptime' | 'logger'> {
  project: Project
  /** Null: there is no Redis, and its Pub/Sub is played in this process. */
  openRedis: OpenCarrier | null
  secret: () => string
}

/** The server's side of the laboratory (`/lab`, rules LAB). Loaded only where there is a demo. */
export function createLab({ store, clock, uptime, logger, project, openRedis, secret }: LabGround) {
  const followers = new Set<(message: Published) => void>()
  /** Doorbells to be lost. */
  let deaf = 0
  let redis: Carrier | null = null
  let actedAt = -Infinity
  /** When the evening ends that was begun here. */
  let endsAt: string | null = null

  const tell = (message: Published) => followers.forEach((follow) => follow(message))
  /** After the commit, and never again: what Pub/Sub is. */
  function publish(event: WireEvent) {
    if (redis) redis.send(JSON.stringify(event)).catch(() => {})
    else tell({ name: 'event', data: event })
  }
  async function beat() {
    if (followers.size === 0) return
    const { epoch, head } = await store.read(async (tx) => ({
      epoch: await tx.epoch(),
      head: (await board.kind.head(tx, board)).position,
    }))
    tell({ name: 'heartbeat', data: { now: new Date(clock()).toISOString(), head, epoch } })
  }
  setInterval(
    () => void beat().catch((error) => logger.error({ err: error }, 'a heartbeat failed')),
    heartbeatMs,
  ).unref()

  return {
    stream: board.name,
    hasRedis: openRedis !== null,
    /** Stands between the commits and who is told of them: a doorbell that is to be lost is heard by nobody. */
    listen:
      (ring: Listener): Listener =>
      (events, epoch) => {
        // Nobody else pays for the laboratory.
        if (deaf === 0 && followers.size === 0) return ring(events, epoch)
        const seen = events.filter(({ pizzeria }) => pizzeria === napoli.id).map((event) => project(board, event))
        if (deaf > 0 && seen.some(({ type }) => type !== undefined)) {
          deaf -= 1
          return
        }
        ring(events, epoch)
        seen.forEach(publish)
      },
    /** What is published from now on; the first heartbeat comes at once. Returns how to leave. */
    follow(hear: (message: Published) => void): () => void {
      const channel = `comanda-lab-${createHash('sha256').update(secret()).digest('hex').slice(0, 16)}`
      redis ??=
        openRedis?.(channel, (word) => word !== null && tell({ name: 'event', data: JSON.parse(word) as WireEvent })) ??
        null
      followers.add(hear)
      void beat().catch(() => {})
      return () => void followers.delete(hear)
    },
    /** False: somebody has just acted. */
    mayAct() {
      if (uptime() - actedAt < restMs) return false
      actedAt = uptime()
      return true
    },
    async act(act: LabAct, { hub, rehearsals }: { hub: Hub; rehearsals: Rehearsals }): Promise<void> {
      switch (act) {
        case 'orders': {
          // Somebody else's evening brings orders too.
          if ((await rehearsals.view(napoli.id)).running) return
          const begun = await rehearsals.start(napoli.id, evening, (menu) =>
            rehearse({ menu, seed: String(clock()), minutes: 60, peak: 20 * orders })
              .slice(0, orders)
              .map((order, index) => ({ ...order, at: index * evening.everyMs })),
          )
          endsAt = begun.endsAt
          return
        }
        case 'rest': {
          const { endsAt: seen } = await rehearsals.view(napoli.id)
          if (seen !== null && seen === endsAt) await rehearsals.stop(napoli.id)
          return
        }
        case 'doorbell':
          deaf = Math.min(deaf + 1, 10)
          return
        case 'epoch':
          await store.write(napoli.id, async (tx) => {
            // Of all pizzerias here, and nobody else's are for playing.
            if ((await tx.pizzerias()).length > 1) throw new Rejected('request.not_found')
            await tx.renewEpoch()
          })
          return await hub.tail()
        default:
          return act satisfies never
      }
    },
  }
}
export type Lab = ReturnType<typeof createLab>
