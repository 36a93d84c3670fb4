import type { Context } from '../context.ts'
import { post } from '../webhooks/send.ts'
import { waitAfter } from '../webhooks/webhooks.ts'
import { sign, type PusherApp } from './signature.ts'

/** What webhooks are told of a channel, in the protocol's own words. */
export type RoomEvent =
  | { name: 'channel_occupied' | 'channel_vacated'; channel: string }
  | { name: 'member_added' | 'member_removed'; channel: string; user_id: string }

/** What happens within this is told together, ms. */
const gatherMs = 1_000
/** A message that nobody takes is of no use after this, as at Pusher's (ms). */
const givenUpAfterMs = 5 * 60_000
/** Events in one message, and events that wait for an address that does not answer. */
const [maxTogether, maxWaiting] = [100, 10_000]

interface Ground extends Pick<Context, 'config' | 'clock' | 'logger'> {
  app: PusherApp
  random?: () => number
  setTimer?: (run: () => void, ms: number) => unknown
  send?: typeof post
}

/**
 * Tells the addresses of `COMANDA_PUSHER_WEBHOOKS` what happens in the channels, each in its own time: one that does
 * not answer holds up no other. Who is there now is no fact of the log, so nothing of it is kept over a restart.
 */
export function createRoomWebhooks(ground: Ground): (event: RoomEvent) => void {
  const tellers = ground.config.COMANDA_PUSHER_WEBHOOKS.map((url) => createTeller(ground, url))
  return (event) => tellers.forEach((tell) => tell(event))
}

function createTeller(
  {
    app,
    config,
    clock,
    logger,
    random = Math.random,
    setTimer = (run, ms) => setTimeout(run, ms).unref(),
    send = post,
  }: Ground,
  url: string,
) {
  let waiting: RoomEvent[] = []
  let isBusy = false
  const rest = (ms: number) => new Promise<void>((resolve) => void setTimer(resolve, ms))

  async function run() {
    await rest(gatherMs)
    while (waiting.length > 0) await tell(waiting.splice(0, maxTogether))
    isBusy = false
  }
  async function tell(events: RoomEvent[]) {
    const madeAt = clock()
    const body = JSON.stringify({ time_ms: madeAt, events })
    const headers = { 'x-pusher-key': app.key, 'x-pusher-signature': sign(app.secret, body) }
    let waited = 0
    for (let tries = 1; ; tries++) {
      const { outcome, answer } = await send(config, url, body, headers)
      if (outcome === 'taken') return
      const wait = waitAfter(tries, random())
      waited += wait
      if (outcome === 'forbidden' || waited > givenUpAfterMs)
        return logger.warn({ events: events.length, answer }, 'a webhook of the Pusher protocol was given up')
      await rest(wait)
    }
  }

  return (event: RoomEvent) => {
    if (waiting.length >= maxWaiting) waiting = waiting.slice(1)
    waiting.push(event)
    if (isBusy) return
    isBusy = true
    void run()
  }
}
