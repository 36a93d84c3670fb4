import type { CarrierKind } from '#shared/live/carrier'
import type { LiveIo } from '#shared/live/client/types'
import { foreignCarrier } from '~/composables/live/foreign-carrier'
import { fetchEvents, fetchSnapshot } from '~/composables/live/snapshot'
import { openSharedSse } from '~/composables/live/shared-sse'
import { openWebsocket } from '~/composables/live/websocket'
import { sendCommand } from '~/composables/useCommand'

/** The live client's environment in a browser. `base` is the path that the site lies under, with its last slash. */
export function browserIo(stream: string, base: string, carrier: CarrierKind | null): LiveIo {
  return {
    ...(carrier && { carrier: foreignCarrier(stream, base, carrier) }),
    openSocket: openWebsocket(base),
    openSse: openSharedSse(base, stream),
    snapshot: () => fetchSnapshot($fetch, stream),
    events: (after) => fetchEvents(stream, after),
    async post(name, body) {
      const result = await sendCommand(`/api/streams/${stream}/${name}`, { method: 'POST', body })
      // A permanent refusal would be refused again.
      return result.name === 'done' || result.name === 'refused'
    },
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as number),
  }
}
