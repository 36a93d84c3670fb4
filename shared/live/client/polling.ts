import type { Core } from './core.ts'
import { refusals } from './core.ts'
import { createTimers } from './timers.ts'
import type { Link, LinkOwner } from './types.ts'
import { maxPageEvents, type Cursor } from '../cursor.ts'
import type { EventPage } from '../messages.ts'

const pollEveryMs = 3_000

/**
 * The last resort (CLI-5): asks the log again and again for what has happened since the page's position, which mostly
 * is nothing. Takes a snapshot where the log cannot be read from there, or what the page shows is in doubt.
 */
export function openPolling({ io, feed, fetch, read, heard, reset, build }: Core, owner: LinkOwner): Link {
  const timers = createTimers(io)
  let over = false
  let asking = false
  let phase: ReturnType<Link['phase']> = 'opening'

  const link: Link = {
    transport: 'polling',
    phase: () => phase,
    wake: () => void poll(),
    send() {},
    close() {
      over = true
      timers.clearAll()
    },
  }
  const end: typeof owner.ended = (...why) => {
    link.close()
    owner.ended(...why)
  }

  async function poll() {
    if (asking || over) return
    asking = true
    timers.clear('poll')
    const after = feed.doubted() ? null : feed.cursor()
    const answer = await (after ? read(after) : fetch())
    asking = false
    if (over) return
    /** The answer was only one step: the next one is asked for at once. */
    let isMore = false
    switch (answer.name) {
      case 'snapshot':
        reset(answer.snapshot)
        break
      case 'events':
        isMore = take(after!, answer.page)
        break
      case 'lost':
        if (isStill(after!)) feed.doubt()
        isMore = true
        break
      case 'refused':
        return end(link, { name: 'stop', code: refusals[answer.status]! })
      case 'failed':
        return end(link, { name: 'cut', reason: answer.reason })
      default:
        answer satisfies never
    }
    heard()
    const isFirst = phase === 'opening'
    phase = isMore ? 'catching-up' : 'live'
    timers.set('poll', isMore ? 0 : pollEveryMs, poll)
    if (isFirst) owner.welcomed(link)
    owner.changed()
  }

  /** A better transport, tried beside this one, may have moved the page to another log while we asked. */
  const isStill = ({ epoch }: Cursor) => feed.cursor()?.epoch === epoch

  function take(after: Cursor, page: EventPage): boolean {
    build(page.build)
    if (!isStill(after)) return true
    feed.take(page.events)
    // It has not brought us to where it says.
    if (feed.position() < page.position) feed.doubt()
    return feed.doubted() || page.events.length >= maxPageEvents
  }

  // Starts later, as every transport does: the caller has the link before its first event.
  timers.set('poll', 0, poll)
  return link
}
