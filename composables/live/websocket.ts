import type { LiveIo } from '#shared/live/client/types'
import { subprotocol } from '#shared/live/version'

/** The browser's WebSocket as the live client needs it. */
export const openWebsocket =
  (base: string): LiveIo['openSocket'] =>
  ({ open, message, closed }) => {
    const socket = new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${base}_ws`,
      subprotocol,
    )
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
