import { isSigned } from '../../carrier.ts'
import { isObject } from '../checks.ts'
import { openFrames, parsed, type OpenLine } from './line.ts'

/**
 * One channel of protocol 7 of Pusher Channels, as Pusher, Soketi, Laravel Reverb and Comanda itself speak it: all that
 * pusher-js does for us beyond this is to reconnect, which is the live client's own business.
 */
export const openPusherLine: OpenLine = ({ url, channel }, io, { open, message, pong, closed }) => {
  const { say: send, end, close, isOver } = openFrames(url, io, { hear, closed })
  const say = (event: string, data: object) => send({ event, data })

  function hear(frame: unknown) {
    if (!isObject(frame)) return
    const data = parsed(frame.data)
    switch (frame.event) {
      case 'pusher:connection_established':
        return void subscribe(isObject(data) ? String(data.socket_id) : '')
      case 'pusher_internal:subscription_succeeded':
        return frame.channel === channel ? open() : undefined
      case 'pusher:ping':
        return say('pusher:pong', {})
      case 'pusher:pong':
        return pong()
      // With one channel on the socket, whatever goes wrong is ours.
      case 'pusher:error':
      case 'pusher:subscription_error':
        return end()
      default:
        if (frame.channel === channel && typeof frame.event === 'string') message(frame.event, data)
    }
  }

  async function subscribe(socketId: string) {
    const signature = isSigned(channel) ? await io.sign(socketId, channel).catch(() => null) : {}
    if (isOver()) return
    if (!signature) return end()
    say('pusher:subscribe', { ...signature, channel })
  }

  return { ping: () => say('pusher:ping', {}), close }
}
