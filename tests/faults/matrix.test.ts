import { afterAll, describe, expect, it } from 'vitest'
import { may, type Act } from '../../shared/staff/may.ts'
import type { Role } from '../../shared/order/roles.ts'
import { codeOf, cookiesOf, request, signIn, type Answer } from '../support/orders.ts'
import { callOf, guess, openWorld, send, setupToken, type Operation } from '../support/every-route.ts'
import { demoPin } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { openDatabase } from '../support/watching.ts'

/*
 * Every route × everybody who may ask for it. What is expected follows from what each route says of itself (`who`, in
 * /openapi.json) and from the one table of who may do what; the server is asked over HTTP.
 */
const world = await openWorld()
const { server, operations, fixtures } = world
afterAll(() => server.stop())

interface Actor {
  name: string
  cookie?: string
  /** Where they are signed in, and as what; null: nowhere. */
  as: { pizzeria: 'napoli' | 'mimmo'; role: Role } | null
  /** Has the secret part of the address. */
  holds?: boolean
}

async function signedOut() {
  const { cookie } = await fixtures.member('manager')
  await request(server, 'POST', '/api/staff/sign-out', { cookie })
  return cookie
}
async function removed() {
  const { id, cookie } = await fixtures.member('manager')
  await request(server, 'DELETE', `/api/pizzerias/napoli/staff/${id}`, { cookie: world.manager })
  return cookie
}
async function removedScreen() {
  const { id, cookie } = await fixtures.screen()
  await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${id}`, { cookie: world.manager })
  return cookie
}
/** Its seal is of another password. */
const forged = (cookie: string) =>
  cookie.replace(/(comanda=Fe26\.2\*\*[^;]{8})(.)/, (_, head, one) => `${head}${one === 'a' ? 'b' : 'a'}`)

async function openMimmo() {
  const answer = await request(server, 'POST', '/api/setup', {
    body: {
      token: setupToken,
      pizzeria: { id: 'mimmo', name: 'Da Mimmo', country: 'IT', timezone: 'Europe/Rome', currency: 'EUR' },
      manager: { name: 'Mimmo', pin: '481516' },
    },
  })
  expect(answer.status).toBe(201)
  return cookiesOf(answer)
}
const mimmo = await openMimmo()
const staffOf = async (role: Role) =>
  cookiesOf(await request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin: demoPin, role } }))

const here = (role: Role) => ({ pizzeria: 'napoli' as const, role })
const there = (role: Role) => ({ pizzeria: 'mimmo' as const, role })
const actors: Actor[] = [
  { name: 'a stranger', as: null },
  { name: 'a customer with their link', as: null, holds: true },
  { name: 'a paired screen', cookie: (await fixtures.screen()).cookie, as: here('kitchen') },
  { name: 'the kitchen', cookie: await staffOf('kitchen'), as: here('kitchen') },
  { name: 'the counter', cookie: await staffOf('counter'), as: here('counter') },
  { name: 'the manager', cookie: await signIn(server), as: here('manager') },
  { name: 'a manager of another pizzeria', cookie: mimmo, as: there('manager') },
  {
    name: 'the counter of another pizzeria',
    cookie: (await fixtures.member('counter', 'mimmo', mimmo)).cookie,
    as: there('counter'),
  },
  {
    name: 'the kitchen of another pizzeria',
    cookie: (await fixtures.member('kitchen', 'mimmo', mimmo)).cookie,
    as: there('kitchen'),
  },
  { name: 'a manager who was removed', cookie: await removed(), as: null },
  { name: 'a screen that was removed', cookie: await removedScreen(), as: null },
  { name: 'somebody who signed out', cookie: await signedOut(), as: null },
  { name: 'a forged cookie', cookie: forged(await signIn(server)), as: null },
]

/** `may`: whatever the answer is, it is not because of who asks. */
type Outcome = 'may' | '401 staff.sign_in' | '403 staff.forbidden' | '404 unknown' | '401 pusher.signature'

const streams = ['menu', 'board', 'order', 'kitchen', 'counter'] as const
type StreamName = (typeof streams)[number]

function ofRoles(as: Actor['as'], roles: readonly Role[]): Outcome {
  if (!as) return '401 staff.sign_in'
  return as.pizzeria === 'napoli' && roles.includes(as.role) ? 'may' : '403 staff.forbidden'
}

function ofStream({ as, holds }: Actor, stream: StreamName): Outcome {
  switch (stream) {
    case 'menu':
    case 'board':
      return 'may'
    case 'order':
      return holds ? 'may' : '404 unknown'
    case 'kitchen':
      return ofRoles(as, ['kitchen', 'counter', 'manager'])
    case 'counter':
      return ofRoles(as, ['counter', 'manager'])
    default:
      return stream satisfies never
  }
}

/** Proof of display is the kitchen's alone, whoever may open the stream. */
const isProof = ({ path }: Operation) => path.endsWith('/shown') || path.endsWith('/report')

function expected({ path, 'x-who': who }: Operation, actor: Actor, stream: StreamName): Outcome {
  const { as, holds } = actor
  switch (who) {
    case 'anyone':
    case 'operator':
      return 'may'
    case 'link':
      return holds ? 'may' : '404 unknown'
    case 'signed in':
      return as ? 'may' : '401 staff.sign_in'
    case 'signature':
      return '401 pusher.signature'
    case 'stream': {
      const opened = ofStream(actor, stream)
      return opened === 'may' && isProof({ path } as Operation) && stream !== 'kitchen' ? '403 staff.forbidden' : opened
    }
    default: {
      if (!Object.hasOwn(may, who))
        throw new Error(`Nobody knows who "${who}" of ${path} is: say it in shared/staff/may.ts, or here (expected).`)
      const roles: readonly Role[] = may[who as Act]
      // What is theirs wherever they are: another pizzeria's people get their own, or are told that there is none.
      if (as?.pizzeria === 'mimmo' && !path.includes('{pizzeria}') && roles.includes(as.role))
        return path.includes('{') ? '404 unknown' : 'may'
      return ofRoles(as, roles)
    }
  }
}

/** What strangers may call: a new address must be added here on purpose. */
const open = [
  'get /_photos/{photo}',
  'get /_pictures/{version}/dish/{dish}',
  'get /_pictures/{version}/pizza/{sauce}/{crust}/{seed}/{toppings}',
  'get /_ws',
  'get /api/lab',
  'get /api/lab/wire',
  'get /api/pizzerias',
  'get /api/pizzerias/{pizzeria}/slots',
  'get /api/push',
  'get /app/{key}',
  'get /healthz',
  'get /openapi.json',
  'get /readyz',
  'get /{pizzeria}/manifest.webmanifest',
  'post /api/lab',
  'post /api/pizzerias/{pizzeria}/orders',
  'post /api/pizzerias/{pizzeria}/quote',
  'post /api/screens/pairings',
  'post /api/staff/sign-in',
  'post /api/staff/sign-out',
]

/** Events that somebody has caused: not what the clock does, nor the evening that a rehearsal plays. */
function written(): number {
  const database = openDatabase(server.databaseFile)
  const [row] = database.all<{ count: number }>(
    `select count(*) as count from events where subject <> 'kitchen' and data not like '%"test":true%'`,
  )
  database.close()
  return row!.count
}

const order = await fixtures.order()
const nobodys = {
  order: order.order.id,
  member: (await fixtures.member('counter')).id,
  screen: (await fixtures.screen()).id,
  tracking: guess,
  share: guess,
  token: guess,
}
const nameOf = ({ method, path }: Operation) => `${method} ${path}`

/** The answer in the words of `Outcome`; what came of it is not this test's affair. */
function outcomeOf(answer: Pick<Answer, 'status' | 'body'>): Outcome {
  const said = codeOf({ status: answer.status, body: Object(answer.body) as object })
  if (said === '401 staff.sign_in' || said === '403 staff.forbidden' || said === '401 pusher.signature') return said
  return /^404 (?:order|stream|screen|setup|table)\.\w+$/.test(said) ? '404 unknown' : 'may'
}

async function ask(operation: Operation, actor: Actor, stream: StreamName): Promise<Outcome> {
  const wanted = expected(operation, actor, stream)
  const name = {
    menu: 'menu:napoli',
    board: 'board:napoli',
    order: `order:${actor.holds ? order.tracking : guess}`,
    kitchen: 'kitchen:napoli',
    counter: 'counter:napoli',
  }[stream]
  const isRefused = wanted !== 'may'
  // Who is refused must be refused for themselves: what they ask for is there.
  const fixed = { stream: name, ...(isRefused && nobodys) }
  const call = await callOf(world, operation, fixed)
  if (operation['x-who'] === 'signature') call.path = call.path.split('?')[0]!
  if (operation['x-who'] === 'link' && call.body && 'token' in call.body) call.body = { ...call.body, token: guess }
  const before = isRefused && call.method !== 'GET' ? written() : null
  const answer = await send(server, call, actor.cookie)
  // A guess too many is slowed down, whoever guesses: it opens nothing either.
  const outcome = wanted === '404 unknown' && answer.status === 429 ? wanted : outcomeOf(answer)
  if (before !== null) expect(written()).toBe(before)
  return outcome
}

/** Whose refusal says nothing of who asks: the link was used up, or is no screen's. */
const unasked = new Set(['post /api/setup', 'get /api/setup/{token}', 'get /api/screens/me'])

describe('every route, and everybody', () => {
  it('[API-3] only these are open to strangers', () => {
    expect(
      operations
        .filter((one) => one['x-who'] === 'anyone')
        .map(nameOf)
        .sort(),
    ).toEqual(open)
  })

  const asked = operations.flatMap((operation) =>
    operation['x-who'] === 'stream' && operation.path.includes('{stream}')
      ? streams.map((stream) => ({ operation, stream }))
      : [{ operation, stream: 'kitchen' as const }],
  )
  it.for(asked.map((one) => [`${nameOf(one.operation)} (${one.stream})`, one] as const))(
    '[API-3] %s',
    async ([, { operation, stream }]) => {
      const found: Record<string, Outcome> = {}
      const wanted: Record<string, Outcome> = {}
      for (const actor of actors) {
        wanted[actor.name] = expected(operation, actor, stream)
        // A sign-out would end who is asked for next.
        if (operation.path === '/api/staff/sign-out' && actor.as) found[actor.name] = 'may'
        else found[actor.name] = await ask(operation, actor, stream)
        if (unasked.has(nameOf(operation)) && found[actor.name] === '404 unknown' && wanted[actor.name] === 'may')
          found[actor.name] = 'may'
      }
      expect(found).toEqual(wanted)
    },
  )

  it.for(streams)('[API-3] the WebSocket, and the stream of the %s', async (stream) => {
    const codes = {
      may: 'joined',
      '401 staff.sign_in': 4401,
      '403 staff.forbidden': 4403,
      '404 unknown': 4404,
    } as const
    for (const actor of actors) {
      const key = stream === 'order' ? (actor.holds ? order.tracking : guess) : 'napoli'
      const socket = await openSocket(server, { cookie: actor.cookie })
      socket.hello([{ stream: `${stream}:${key}` }])
      const how = await socket.next('joined').then(
        () => 'joined',
        async () => (await socket.closed).code,
      )
      socket.close()
      expect([actor.name, how]).toEqual([actor.name, codes[ofStream(actor, stream) as keyof typeof codes]])
    }
  })
})

describe('a token of somebody else', () => {
  it('[API-3] that is made up, or was changed, is nobody', async () => {
    const { body } = await request(server, 'POST', '/api/staff/sign-in', {
      body: { pizzeria: 'napoli', pin: demoPin, token: true },
    })
    const [id, seal] = String(body.token).split('.') as [string, string]
    // Not its last letter: two of the bits that it could carry count for nothing.
    const changed = `${id}.${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}`
    for (const token of ['made.up', changed, id, `${id}.`])
      expect(
        codeOf(
          await request(server, 'GET', '/api/pizzerias/napoli/screens', {
            headers: { authorization: `Bearer ${token}` },
          }),
        ),
      ).toBe('401 staff.sign_in')
  })
})
