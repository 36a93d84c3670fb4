import { describe, expect, it } from 'vitest'
import { codeOf, cookiesOf, move, placeOrder, request, signIn } from '../support/orders.ts'
import { demoPin } from '../support/server.ts'
import { openSse } from '../support/sse.ts'
import { openSocket, type TestSocket } from '../support/socket.ts'
import { openWire } from '../support/wire.ts'

const { server, staff, getAs: get } = await openWire()

describe('a sign-in', () => {
  it(
    '[SRV-7] ends with the sign-out: a copied cookie is worthless, and live connections are closed ' + 'within 5 s',
    async () => {
      const cookie = await signIn(server)
      const socket = await openSocket(server, { cookie })
      socket.hello([{ stream: 'counter:napoli' }])
      await socket.next('joined')
      const sse = await openSse(server, 'kitchen:napoli', { cookie })
      await sse.next('joined')
      const startedAt = performance.now()
      expect((await request(server, 'POST', '/api/staff/sign-out', { cookie })).status).toBe(204)
      expect((await socket.closed).code).toBe(4401)
      expect(await sse.next('bye')).toMatchObject({ code: 4401 })
      await sse.ended
      expect(performance.now() - startedAt).toBeLessThan(5000)
      expect(codeOf(await get('/api/streams/counter:napoli', cookie))).toBe('401 staff.sign_in')
      expect(
        codeOf(await request(server, 'PATCH', '/api/pizzerias/napoli', { cookie, body: { busyMinutes: 0 } })),
      ).toBe('401 staff.sign_in')
      expect((await get('/api/streams/counter:napoli', staff)).status).toBe(200)
    },
  )

  it('[SRV-7] cannot be made with a home-made cookie', async () => {
    for (const cookie of ['comanda=made-up', staff.replace(/.{6}$/, 'AAAAAA'), `${staff.split('=')[0]}=`])
      expect(codeOf(await get('/api/streams/kitchen:napoli', cookie))).toBe('401 staff.sign_in')
  })
})

describe('a screen', () => {
  const device = 'screen-of-the-test'
  const pair = async () => {
    const { code, token } = (await request(server, 'POST', '/api/screens/pairings', { body: { device } })).body as {
      code: string
      token: string
    }
    const claim = () => request(server, 'POST', `/api/screens/pairings/${token}`)
    expect((await claim()).status).toBe(202)
    const entered = await request(server, 'POST', '/api/pizzerias/napoli/screens', {
      cookie: staff,
      body: { code, name: 'Oven' },
    })
    expect([entered.status, entered.body]).toMatchObject([201, { screen: { id: device, name: 'Oven' } }])
    // A page of an older build asks with a GET, which any page can make a browser send: it gets a status, and no
    // session.
    const asked = await get(`/api/screens/pairings/${token}`)
    expect([asked.status, asked.body, asked.headers.getSetCookie()]).toEqual([200, { paired: true }, []])
    // An existing sign-in is not replaced.
    expect(codeOf(await request(server, 'POST', `/api/screens/pairings/${token}`, { cookie: staff }))).toBe(
      '409 screen.signed_in',
    )
    const claimed = await claim()
    expect([claimed.status, claimed.body.pizzeria]).toEqual([200, 'napoli'])
    expect((await claim()).status).toBe(404)
    expect(
      codeOf(
        await request(server, 'POST', '/api/pizzerias/napoli/screens', {
          cookie: staff,
          body: { code, name: 'Again' },
        }),
      ),
    ).toBe('404 screen.code_unknown')
    return cookiesOf(claimed)
  }
  const screens = async () =>
    (await get('/api/pizzerias/napoli/screens', staff)).body.map(({ id }: { id: string }) => id) as string[]

  it('[SRV-7] [SRV-10] is paired by its code once, is live on its stream, and is cut off when removed', async () => {
    const cookie = await pair()
    const live = async (): Promise<TestSocket> => {
      const socket = await openSocket(server, { cookie })
      socket.hello([{ stream: 'kitchen:napoli' }], device)
      await socket.next('joined')
      return socket
    }
    const socket = await live()
    const { order } = await placeOrder(server)
    await socket.next('event', (event) => event.order === order.id)
    expect((await get('/api/screens/me', cookie)).body).toMatchObject({ id: device, name: 'Oven' })
    expect(codeOf(await get('/api/streams/counter:napoli', cookie))).toBe('403 staff.forbidden')
    expect((await move(server, cookie, order, 'ready')).status).toBe(200)

    expect((await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${device}`, { cookie: staff })).status).toBe(
      204,
    )
    // What it still reports while it is cut off does not bring it back.
    if (socket.ws.readyState === socket.ws.OPEN) socket.send({ kind: 'report', audio: 'armed' })
    expect((await socket.closed).code).toBe(4401)
    expect(codeOf(await get('/api/streams/kitchen:napoli', cookie))).toBe('401 staff.sign_in')
    expect(await screens()).not.toContain(device)
    expect(codeOf(await request(server, 'DELETE', `/api/pizzerias/napoli/screens/${device}`, { cookie: staff }))).toBe(
      '404 screen.unknown',
    )
  })

  it('[SRV-17] comes back by itself when its removal is taken back, and nobody else comes in its place', async () => {
    const cookie = await pair()
    const path = `/api/pizzerias/napoli/screens/${device}`
    expect(codeOf(await request(server, 'POST', `${path}/restore`, { cookie: staff }))).toBe('404 screen.unknown')
    expect((await request(server, 'DELETE', path, { cookie: staff })).status).toBe(204)
    // It shows a code again, and somebody who knows its id asks in its name.
    const code = async () => (await request(server, 'POST', '/api/screens/pairings', { body: { device } })).body.token
    const [own, foreign] = [await code(), await code()]
    const claim = (token: string, who?: string) =>
      request(server, 'POST', `/api/screens/pairings/${token}`, { cookie: who })
    expect((await claim(own, cookie)).status).toBe(202)
    const restored = await request(server, 'POST', `${path}/restore`, { cookie: staff })
    expect(restored).toMatchObject({ status: 200, body: { screen: { id: device, name: 'Oven', paired: true } } })
    expect((await claim(foreign)).status).toBe(202)
    expect((await claim(own, cookie)).body).toMatchObject({ pizzeria: 'napoli', kind: 'screen' })
    expect((await get('/api/screens/me', cookie)).status).toBe(200)
    expect(await screens()).toContain(device)
    expect((await request(server, 'DELETE', path, { cookie: staff })).status).toBe(204)
  })

  it('[SRV-10] shows a code that reads as no word, and the address that it was reached by', async () => {
    for (let again = 0; again < 10; again++) {
      const { body } = await request(server, 'POST', '/api/screens/pairings', { body: { device } })
      expect(body.code).toMatch(/^[B-DF-HJ-NP-TV-Z2-9]{6}$/)
      // The server under test listens on this machine alone.
      expect(body.site).toBe(`${server.url}/`)
    }
    const headers = { 'x-forwarded-proto': 'https', origin: server.url.replace('http', 'https') }
    const behind = await request(server, 'POST', '/api/screens/pairings', { body: { device }, headers })
    expect(behind.body.site).toBe(`${server.url.replace('http', 'https')}/`)
  })

  it('[SRV-7] loses its first pairing when the same device is paired again', async () => {
    const [first, second] = [await pair(), await pair()]
    expect([(await get('/api/screens/me', first)).status, (await get('/api/screens/me', second)).status]).toEqual([
      401, 200,
    ])
  })
})

describe('guessing PINs', () => {
  it('[SRV-7] sixty at once are ten guesses; then the address waits, even with the right PIN', async () => {
    const guess = (pin: string) => request(server, 'POST', '/api/staff/sign-in', { body: { pizzeria: 'napoli', pin } })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => guess(String(3000 + index))))
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
    const slowed = answers.filter((answer) => answer.status === 429)
    expect(slowed).toHaveLength(50)
    expect(slowed[0]!.body.error).toMatchObject({
      code: 'staff.slow_down',
      retryable: true,
      retryAfter: expect.any(Number) as unknown,
    })
    expect(Number(slowed[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(codeOf(await guess(demoPin))).toBe('429 staff.slow_down')
    // A claimed address does not make anybody somebody else.
    const pretending = await fetch(`${server.url}/api/staff/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '1.2.3.4' },
      body: JSON.stringify({ pizzeria: 'napoli', pin: demoPin }),
    })
    expect(pretending.status).toBe(429)
  })
})
