import type { LiveIo } from '#shared/live/client/types'
import { fetchSnapshot } from '~/composables/live/snapshot'
import { openEventSource } from '~/composables/live/sse'
import { openWebsocket } from '~/composables/live/websocket'

/** The live client's world in a browser. */
export function browserIo(stream: string): LiveIo {
  return {
    openSocket: openWebsocket,
    openSse: openEventSource(stream),
    snapshot: (etag) => fetchSnapshot($fetch, stream, etag),
    async post(name, body) {
      const answer = await $fetch.raw(`/api/streams/${stream}/${name}`, {
        method: 'POST',
        body,
        ignoreResponseError: true,
        retry: false,
        timeout: 8_000,
      })
      // What is refused for good would be refused again.
      return answer.status < 500
    },
    now: () => Date.now(),
    random: () => Math.random(),
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer as number),
  }
}
