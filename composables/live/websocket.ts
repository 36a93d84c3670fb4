import type { LiveIo, PipeHandlers, Socket } from '#shared/live/client/types'
import { subprotocol } from '#shared/live/version'

/** The browser's WebSocket to our server, as the live client needs it. */
export const openWebsocket =
  (base: string): LiveIo['openSocket'] =>
  (handlers) =>
    openSocketTo(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${base}_ws`, handlers, subprotocol)

/** The same to anywhere. */
export function openSocketTo(
  url: string,
  { open, message, closed }: PipeHandlers & { open(): void },
  subprotocol?: string,
): Socket {
  const socket = new WebSocket(url, subprotocol)
  socket.onopen = open
  socket.onmessage = (event) => message(String(event.data))
  socket.onclose = (event) => closed(event.code)
  return {
    // A closing socket drops what it is given; the next connection sends it again.
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    },
  }
}
