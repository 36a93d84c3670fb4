import { backoff } from './backoff.ts'
import type { Core } from './core.ts'
import type { Effect, Facts, Input, Step, TailState } from './tail-step.ts'
import { open, phaseOf, provesLife, step } from './tail-step.ts'
import { createTimers } from './timers.ts'
import type { Link, LinkOwner, Pipe, Socket } from './types.ts'
import type { Up } from '../messages.ts'
import { protocol } from '../version.ts'
import { readDown } from './read.ts'
import { formatCursor } from '../cursor.ts'

/** Carries out what `step` decides for one connection: WebSocket, SSE, or the foreign carrier. */
export function openTail(core: Core, transport: Facts['transport'], owner: LinkOwner): Link {
  const { io, feed, clock } = core
  const { stream, device } = core.options
  const timers = createTimers(io)
  let state: TailState = { name: 'over' }

  const facts = (): Facts => ({
    transport,
    stream,
    now: io.now(),
    silence: io.now() + clock.offset() - core.confirmedAt(),
    feed: {
      epoch: feed.cursor()?.epoch ?? '',
      position: feed.position(),
      hole: feed.hole(),
      doubted: feed.doubted(),
    },
  })
  const after = () => formatCursor(feed.cursor()!)
  const send = (message: Up) => {
    if (state.name !== 'over' && 'send' in pipe) pipe.send(JSON.stringify(message))
  }
  const handle = (input: Input) => {
    if (state.name !== 'over') enter(step(state, input, facts()))
  }

  function enter({ state: next, effects }: Step) {
    state = next
    if (next.name === 'over') {
      timers.clearAll()
      pipe.close()
    }
    // An effect may have changed the state or closed this link: then the remaining effects are dropped.
    for (const effect of effects) if (state === next) carryOut(effect)
  }
  function carryOut(effect: Effect) {
    switch (effect.name) {
      case 'hello':
        return send({ kind: 'hello', protocol, device, streams: [{ stream, after: after() }] })
      case 'pull':
        return send({ kind: 'pull', stream, after: after() })
      case 'ping':
        return send({ kind: 'ping', n: effect.n })
      case 'set':
        return set(effect.timer, effect.ms)
      case 'clear':
        return timers.clear(effect.timer)
      case 'backOff':
        return set('refetch', effect.attempt ? backoff(effect.attempt, io.random()) : 0)
      case 'fetch':
        return void core.fetch().then((answer) => handle({ name: 'fetched', answer }))
      case 'forget':
        return feed.forget()
      case 'doubt':
        return feed.doubt()
      case 'take':
        return handle({ name: 'taken', kept: feed.take(effect.events) })
      case 'reset': {
        const { epoch } = facts().feed
        core.reset(effect.snapshot)
        return handle({ name: 'reset', sameLog: facts().feed.epoch === epoch })
      }
      case 'roundTrip':
        return clock.roundTrip(effect.stamp, effect.sentAt, io.now())
      case 'welcomed':
        return owner.welcomed(link)
      case 'changed':
        return owner.changed()
      case 'ended':
        return owner.ended(link, effect.end)
      default:
        effect satisfies never
    }
  }
  const set = (timer: Extract<Effect, { timer: unknown }>['timer'], ms: number) =>
    timers.set(timer, ms, () => handle({ name: 'rang', timer }))

  function message(text: string) {
    if (state.name === 'over') return
    const down = readDown(text)
    if (provesLife(down, transport)) core.heard()
    if (down?.kind === 'welcome' || down?.kind === 'heartbeat') {
      clock.oneWay(down.now, io.now())
      core.stamped(down.now)
      core.build(down.build)
    }
    handle({ name: 'heard', message: down && 'stream' in down && down.stream !== stream ? null : down })
  }

  const link: Link = {
    transport,
    phase: () => phaseOf(state, facts().feed),
    wake: () => handle({ name: 'woke' }),
    send,
    close: () => handle({ name: 'dropped' }),
  }
  function openPipe(): Pipe | Socket {
    const opened = () => handle({ name: 'opened' })
    switch (transport) {
      case 'websocket':
        return io.openSocket({ ...handlers, open: opened })
      case 'sse':
        return io.openSse(feed.cursor()!, handlers)
      case 'pusher':
      case 'ably':
        return io.carrier!.open(feed, { ...handlers, open: opened })
      default:
        return transport satisfies never
    }
  }
  const handlers = { message, closed: (code: number) => handle({ name: 'closed', code }) }
  const pipe = openPipe()
  enter(open(facts()))
  return link
}
