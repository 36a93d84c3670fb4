import { registerEndpoint } from '@nuxt/test-utils/runtime'
import { setResponseHeader, setResponseStatus } from 'h3'
import { beforeEach, describe, expect, it } from 'vitest'
import { readAnswer, sendCommand } from '~/composables/useCommand'

interface Answer {
  status: number
  body?: unknown
  retryAfter?: number
}
/** How the server answers next; the last answer is repeated. */
let answers: Answer[] = []
let keys: (string | null)[] = []

registerEndpoint('/api/made-up', {
  method: 'POST',
  handler: (event) => {
    keys.push(event.headers.get('idempotency-key'))
    const { status, body = {}, retryAfter } = answers.length > 1 ? answers.shift()! : answers[0]!
    setResponseStatus(event, status)
    if (retryAfter) setResponseHeader(event, 'retry-after', retryAfter)
    return body
  },
})
const error = (code: string, details = {}) => ({ error: { code, message: 'for people', ...details } })
const send = (tries?: number) => sendCommand('/api/made-up', { method: 'POST', key: 'a-key-of-eight', tries })

describe('[IDM-1] a command', () => {
  beforeEach(() => {
    keys = []
  })

  it('is repeated with the same key while nothing settles it', async () => {
    answers = [
      { status: 502, body: 'a proxy' },
      { status: 503, body: error('server.busy') },
      { status: 201, body: { a: 1 } },
    ]
    expect(await send(3)).toEqual({ name: 'done', data: { a: 1 } })
    expect(keys).toEqual(['a-key-of-eight', 'a-key-of-eight', 'a-key-of-eight'])
  })

  it('stays unanswered after its last try', async () => {
    answers = [{ status: 503, body: error('server.draining') }]
    expect(await send(2)).toEqual({ name: 'unanswered', status: 503 })
    expect(keys).toHaveLength(2)
  })

  it('is not repeated when it was refused, or when the server asks to slow down', async () => {
    answers = [{ status: 409, body: error('order.stale', { order: { id: 'o' } }) }]
    expect(await send(3)).toMatchObject({ name: 'refused', code: 'order.stale', details: { order: { id: 'o' } } })
    answers = [{ status: 429, body: error('staff.slow_down'), retryAfter: 40 }]
    expect(await send(3)).toEqual({ name: 'limited', code: 'staff.slow_down', retryAfter: 40 })
    expect(keys).toHaveLength(2)
  })

  it.each<[string, number, unknown, string]>([
    ['204 is done', 204, undefined, 'done'],
    ["a captive portal's page is no answer of ours", 200, '<html>', 'unanswered'],
    ['a code of a newer server is a refusal', 409, error('order.of_tomorrow'), 'refused'],
    ['a word that every object knows is no code', 409, error('toString'), 'refused'],
    ["a proxy's 403 without a code settles nothing", 403, 'Forbidden', 'unanswered'],
    ['a fault may have happened after the commit', 500, error('server.fault'), 'unanswered'],
  ])('%s', (_, status, body, name) => {
    expect(readAnswer(status, body, null).name).toBe(name)
  })
})
