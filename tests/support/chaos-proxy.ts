import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** The faults of the line, at any time; may be changed while connections are open. */
export interface LineFaults {
  /**
   * Bytes vanish, and so do closes, without notice. A connection that lost bytes stays dead for ever, as in real life.
   */
  halfOpen: boolean
  /** New connections are not accepted. */
  refuse: boolean
  /** How long each piece takes, ms. */
  delayMs: number
  /** The chance that a piece is held for a second, and everything after it with it. */
  hold: number
  /** The limit of bytes per second towards the client. */
  bytesPerSecond: number
  /** The chance that a piece towards the client comes twice, or with a flipped bit. */
  duplicate: number
  corrupt: number
  /** In [0, 1). */
  random: () => number
}

/** A TCP proxy on a port of its own that loses, delays, doubles and corrupts what passes through. */
export interface ChaosProxy {
  readonly url: string
  faults: LineFaults
  /** How many connections are open. */
  size: () => number
  /** Ends all connections, with a reset. */
  cut: () => void
  stop: () => Promise<void>
}

const holdMs = 1000

export async function startChaosProxy(target: { port: number }): Promise<ChaosProxy> {
  const faults: LineFaults = {
    halfOpen: false,
    refuse: false,
    delayMs: 0,
    hold: 0,
    bytesPerSecond: Infinity,
    duplicate: 0,
    corrupt: 0,
    random: Math.random,
  }
  const open = new Set<Socket>()

  /** One direction of one connection. */
  function lane(from: Socket, to: Socket, line: { dead: boolean }, spoils: boolean) {
    let due = 0
    let inside = 0
    function later(bytes: number, run: () => void) {
      const now = performance.now()
      const held = faults.random() < faults.hold ? holdMs : 0
      due = Math.max(due, now + faults.delayMs + held) + (spoils ? (bytes / faults.bytesPerSecond) * 1000 : 0)
      inside += bytes
      // The sender must feel a slow reader.
      if (inside > 32 * 1024) from.pause()
      const pass = () => {
        inside -= bytes
        if (from.isPaused() && inside <= 32 * 1024) from.resume()
        run()
      }
      if (due <= now) pass()
      else setTimeout(pass, due - now)
    }
    from.on('data', (chunk: Buffer) => {
      line.dead ||= faults.halfOpen
      for (let copies = spoils && faults.random() < faults.duplicate ? 2 : 1; copies > 0; copies--) {
        const bytes = spoils && faults.random() < faults.corrupt ? spoil(chunk) : chunk
        later(bytes.length, () => void (line.dead || to.destroyed || to.write(bytes)))
      }
    })
    const end = () => {
      open.delete(from)
      line.dead ||= faults.halfOpen
      later(0, () => void (line.dead || to.destroySoon()))
    }
    from
      .on('error', () => {})
      .on('end', end)
      .on('close', end)
  }

  /** One flipped bit: in our text the byte is no longer UTF-8; in a frame's header the frame becomes invalid. */
  function spoil(chunk: Buffer) {
    const spoiled = Buffer.from(chunk)
    const at = Math.floor(faults.random() * spoiled.length)
    spoiled[at] = spoiled[at]! ^ 0x80
    return spoiled
  }

  const server = createServer((near) => {
    if (faults.refuse) return void near.resetAndDestroy()
    const far = connect(target.port, '127.0.0.1')
    const line = { dead: false }
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      open.add(socket)
    }
    lane(near, far, line, false)
    lane(far, near, line, true)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const cut = () => {
    for (const socket of open) socket.resetAndDestroy()
    open.clear()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    cut,
    size: () => Math.ceil(open.size / 2),
    async stop() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
