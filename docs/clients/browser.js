// Follows one stream over WebSocket, in a page of the same site, without a framework:
//   const end = follow('board:napoli', { state: (state) => …, event: (event) => …, fresh: (live) => … })
export function follow(stream, { state, event, fresh, base = new URL('/', location.href) }) {
  let cursor, socket, silence, asking, ended
  let failures = 0

  async function connect() {
    if (ended || (!cursor && !(await takeSnapshot()))) return
    socket = new WebSocket(new URL('_ws', base).href.replace(/^http/, 'ws'), 'comanda.v1')
    socket.onopen = () => send({ kind: 'hello', protocol: 1, streams: [{ stream, after: text() }] })
    socket.onmessage = ({ data }) => hear(JSON.parse(data))
    socket.onclose = ({ code }) => {
      clearTimeout(silence)
      fresh(false)
      // 44xx: the next try would end the same way.
      if (code < 4400 || code > 4499) later()
    }
    listen()
  }

  /** Whether there is one now. If not, it is tried again, unless that would be answered the same. */
  async function takeSnapshot() {
    const answer = await fetch(new URL(`api/streams/${stream}`, base)).then(
      (got) => got.json(),
      () => ({}),
    )
    if (!answer.epoch) return answer.error?.retryable === false ? false : (later(), false)
    cursor = { epoch: answer.epoch, position: answer.position }
    state(answer.state)
    return true
  }

  async function hear(message) {
    listen()
    if (message.kind === 'joined') {
      failures = 0
      asking = false
      fresh(message.position === message.head)
    }
    if (message.kind === 'heartbeat') fresh(message.heads[stream] === cursor.position)
    // The log does not reach back to us, or is another one: begin again, on this same line.
    if (message.kind === 'resync') return (await takeSnapshot()) ? pull() : socket.close()
    if (message.kind !== 'event' || message.position <= cursor.position) return
    // A hole: everything after the last one that we have, again.
    if (message.position > cursor.position + 1) return asking || pull()
    cursor.position = message.position
    event(message)
  }

  const text = () => `${cursor.epoch}:${cursor.position}`
  const send = (message) => socket.send(JSON.stringify(message))
  const pull = () => send({ kind: 'pull', stream, after: text() }, (asking = true))
  // No frame for 25 s: the line is dead, although nobody has said so.
  const listen = () => (clearTimeout(silence), (silence = setTimeout(() => socket.close(), 25_000)))
  const later = () => setTimeout(connect, Math.random() * Math.min(8000, 500 * 2 ** failures++))
  connect()
  return () => ((ended = true), socket?.close(1000))
}
