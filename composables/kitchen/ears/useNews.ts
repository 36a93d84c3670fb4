import type { Ref } from 'vue'
import type { Happening } from '~/stores/kitchen'
import type { Ticket } from '#shared/order/views'
import type { Language } from '#shared/menu/menu'
import type { ToneName } from '#shared/sound/tones'
import { announce, burstMs, type News } from '#shared/kitchen/announce'
import { sayTicket } from '#shared/kitchen/speech'
import { dueAt } from '#shared/kitchen/queue'
import { isCancelled } from '#shared/kitchen/ticket'

interface Options {
  happened: Readonly<Ref<readonly Happening[]>>
  tickets: Readonly<Ref<readonly Ticket[]>>
  /** A ticket as this screen shows it; null where it does not: another screen's news are not said here. */
  here: (ticket: Ticket) => Ticket | null
  /** ms, the server's clock, ticking */
  now: Readonly<Ref<number>>
  language: () => Language
  play: (tone: ToneName) => boolean
  say: (sentences: readonly string[], options?: { urgent?: boolean }) => void
}

/**
 * Turns what happens into what is heard: the chime at once, the sentence when the burst is over; one of each for a
 * burst.
 */
export function useNews({ happened, tickets, here, now, language, play, say }: Options) {
  let heard = 0
  let burst: News[] = []
  let window: ReturnType<typeof setTimeout> | undefined
  let chimed: ToneName | null = null
  let last: string[] = []
  /** Tickets whose lateness is known, so that it is said once. */
  let late: Set<string> | null = null

  function hear(news: readonly News[]) {
    if (news.length === 0) return
    burst.push(...news)
    const tone = announce(burst, language(), now.value)?.tone ?? null
    // A burst chimes once, unless something more pressing comes in the middle of it.
    if (tone && tone !== chimed && (chimed === null || news.some((one) => one.name === tone))) {
      play(tone)
      chimed = tone
    }
    window ??= setTimeout(close, burstMs)
  }

  function close() {
    const announcement = announce(burst, language(), now.value)
    window = undefined
    burst = []
    chimed = null
    if (!announcement) return
    last = announcement.sentences
    say(last, { urgent: announcement.tone === 'cancelled' || announcement.tone === 'bell' })
  }

  function hearLate() {
    const past = tickets.value.filter((ticket) => !isCancelled(ticket) && dueAt(ticket) <= now.value)
    const known = late
    late = new Set(past.map((ticket) => ticket.id))
    // At the start nobody wants to hear a list of what has been late for long.
    if (known) hear(past.filter((ticket) => !known.has(ticket.id)).map((ticket) => ({ name: 'late', ticket })))
  }

  onMounted(() => {
    heard = happened.value.at(-1)?.n ?? 0
    hearLate()
    watch(
      happened,
      (all) => {
        const news = all
          .filter((one) => one.n > heard)
          .flatMap((one): News[] => {
            if (!('ticket' in one)) return [one]
            const ticket = here(one.ticket)
            return ticket ? [{ name: one.name, ticket }] : []
          })
        heard = all.at(-1)?.n ?? heard
        hear(news)
      },
      { flush: 'sync' },
    )
    watch(now, hearLate)
  })
  onScopeDispose(() => clearTimeout(window))

  return {
    /** Says a ticket again, or what was said last. */
    repeat(ticket: Ticket | null) {
      say(ticket ? sayTicket(ticket, language(), now.value) : last)
    },
  }
}
