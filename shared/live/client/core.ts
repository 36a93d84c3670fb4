import { createFeed } from './feed.ts'
import { createServerClock } from './clock.ts'
import type { Fetched, FetchedEvents, LiveOptions, Unanswered } from './types.ts'
import type { Cursor } from '../cursor.ts'
import type { Snapshot } from '../messages.ts'

const fetchTimeoutMs = 8_000

/** An HTTP refusal as a close code: trying again would end the same way. */
export const refusals: Record<number, number> = { 401: 4401, 403: 4403, 404: 4404 }

/** What outlives every connection of a page: the log's order, the clock, and when the server was last heard. */
export function createCore(options: LiveOptions, epochChanged: () => void) {
  const { io, on } = options
  let heardAt: number | null = null
  /**
   * How old arriving events are by the server's last timestamp, ms. When events arrive faster than the line carries
   * them, frames come all the time and say nothing about now.
   */
  let lag = 0
  let knownBuild = options.build

  /** A listener that throws must not stop the feed. Its state is then in doubt, and a snapshot repairs it. */
  function guard(run: () => void) {
    try {
      run()
      return true
    } catch (error) {
      on.fault?.(error)
      return false
    }
  }

  const clock = createServerClock(on.offset)
  const feed = createFeed(options.cursor, (event) => {
    if (!guard(() => on.apply(event))) feed.doubt()
  })
  if (options.renderedAt) clock.oneWay(options.renderedAt, io.now())

  /** Builds are named by their time, so an older node in a rolling deployment does not cause a reload (CLI-8). */
  function build(name: string | undefined) {
    if (!name || (knownBuild !== undefined && name <= knownBuild)) return
    if (knownBuild !== undefined) on.build?.(name)
    knownBuild = name
  }

  /** What our server answers. Never rejects, never hangs. */
  async function ask<Answer extends Fetched | FetchedEvents>(request: Promise<Answer>): Promise<Answer | Unanswered> {
    const sent = io.now()
    let timer: unknown
    const late = new Promise<Unanswered>((resolve) => {
      timer = io.setTimer(() => resolve({ name: 'failed', reason: 'timeout' }), fetchTimeoutMs)
    })
    const answer: Fetched | FetchedEvents = await Promise.race([
      late,
      request.catch((error): Unanswered => ({ name: 'failed', reason: String(error) })),
    ])
    io.clearTimer(timer)
    if (answer.name === 'refused' && !(answer.status in refusals))
      return { name: 'failed', reason: `HTTP ${answer.status}` }
    const stamp = answer.name === 'snapshot' ? answer.snapshot.now : answer.name === 'events' ? answer.page.now : null
    if (stamp) clock.roundTrip(stamp, sent, io.now())
    return answer as Answer
  }

  return {
    options,
    io,
    feed,
    clock,
    build,
    heard: () => {
      heardAt = io.now() - lag
    },
    /** A frame that carries the time when it was sent (ISO 8601). */
    stamped(stamp: string) {
      lag = Math.max(0, io.now() + clock.offset() - Date.parse(stamp)) || 0
      heardAt = io.now() - lag
    },
    confirmedAt: () => (heardAt === null ? Date.parse(options.renderedAt ?? '') || 0 : heardAt + clock.offset()),

    /**
     * Starts again with a snapshot. A snapshot of the same log that is not ahead of us comes from a lagging copy of the
     * database and would take the page back in time; it is ignored, unless our own state is in doubt.
     */
    reset(snapshot: Snapshot) {
      const { epoch, position } = snapshot
      const here = feed.cursor()
      build(snapshot.build)
      if (here && !feed.doubted() && here.epoch === epoch && position <= here.position) return
      if (here && here.epoch !== epoch) epochChanged()
      feed.reset({ epoch, position })
      guard(() => on.reset(snapshot))
    },

    fetch: () => ask(io.snapshot()),
    read: (after: Cursor) => ask(io.events(after)),
  }
}
export type Core = ReturnType<typeof createCore>
