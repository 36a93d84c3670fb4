import { isObject } from '../checks.ts'
import { openFrames, parsed, type OpenLine } from './line.ts'

/** The actions of Ably's realtime protocol that one listener of one channel meets. */
const action = {
  heartbeat: 0,
  connected: 4,
  disconnected: 6,
  closed: 8,
  error: 9,
  attach: 10,
  attached: 11,
  detached: 13,
  message: 15,
} as const

/** One channel of Ably, for listening. The token in the address opens that channel alone. */
export const openAblyLine: OpenLine = ({ url, channel }, io, { open, message, pong, closed }) => {
  const { say, end, close, isOver } = openFrames(url, io, { hear, closed })

  function hear(frame: unknown) {
    if (!isObject(frame)) return
    switch (frame.action) {
      case action.connected:
        return say({ action: action.attach, channel })
      case action.attached:
        return frame.channel === channel ? open() : undefined
      case action.heartbeat:
        return pong()
      case action.message:
        if (frame.channel !== channel || !Array.isArray(frame.messages)) return
        for (const one of frame.messages)
          if (!isOver() && isObject(one) && typeof one.name === 'string') message(one.name, parsed(one.data))
        return
      case action.disconnected:
      case action.closed:
      case action.error:
      case action.detached:
        return end()
    }
  }

  return { ping: () => say({ action: action.heartbeat }), close }
}
