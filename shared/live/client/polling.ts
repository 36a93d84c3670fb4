import type { Core } from './core.ts'
import { refusals } from './core.ts'
import { createTimers } from './timers.ts'
import type { Link, LinkOwner } from './types.ts'

const pollEveryMs = 3_000

/** The last resort: asks for the snapshot again and again; mostly the server answers that nothing changed (CLI-5). */
export function openPolling({ io, fetch, heard, reset }: Core, owner: LinkOwner): Link {
  const timers = createTimers(io)
  let over = false
  let asking = false
  let answered = false
  let etag: string | null = null

  const link: Link = {
    transport: 'polling',
    phase: () => (answered ? 'live' : 'opening'),
    wake: () => void poll(),
    send() {},
    close() {
      over = true
      timers.clearAll()
    },
  }

  async function poll() {
    if (asking || over) return
    asking = true
    timers.clear('poll')
    const answer = await fetch(etag)
    asking = false
    if (over) return
    switch (answer.name) {
      case 'snapshot':
        etag = answer.etag
        reset(answer.snapshot)
        break
      case 'same':
        break
      case 'refused':
        link.close()
        return owner.ended(link, { name: 'stop', code: refusals[answer.status]! })
      case 'failed':
        link.close()
        return owner.ended(link, { name: 'cut', reason: answer.reason })
      default:
        answer satisfies never
    }
    heard()
    if (!answered) {
      answered = true
      owner.welcomed(link)
    }
    timers.set('poll', pollEveryMs, poll)
    owner.changed()
  }

  // Starts later, as every transport does: the caller has the link before its first event.
  timers.set('poll', 0, poll)
  return link
}
