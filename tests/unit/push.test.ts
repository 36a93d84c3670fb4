import { createECDH } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import webPush from 'web-push'
import { afterAll, describe, expect, it } from 'vitest'
import { Inside, isPublicAddress, sendOutward } from '../../server/ground/outward.ts'
import { pushBody } from '../../server/push/body.ts'
import { vapidKeys } from '../../server/push/keys.ts'
import { pushServiceOf } from '../../server/push/services.ts'

const secret = 'a secret of at least thirty-two letters'

describe('where push messages may go', () => {
  it.for([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/QABC',
    'https://wns2-par02p.notify.windows.com/w/?token=abc',
  ])('[PSM-2] %s is a service of a browser', (endpoint) => {
    expect(pushServiceOf(endpoint, [])).toBe('browser')
  })

  it.for([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://fcm.googleapis.com@127.0.0.1/',
    'https://user@fcm.googleapis.com/',
    'https://:password@fcm.googleapis.com/',
    'https://fcm.googleapis.com.evil.example/',
    'https://evil-notify.windows.com.example/',
    'https://notify.windows.com/',
    'https://xnotify.windows.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'nonsense',
  ])('[PSM-2] %s is none', (endpoint) => {
    expect(pushServiceOf(endpoint, [])).toBe(null)
  })

  it('[PSM-2] the operator may name one, by its exact origin', () => {
    const own = ['http://127.0.0.1:4000']
    expect(pushServiceOf('http://127.0.0.1:4000/x', own)).toBe('operator')
    expect(pushServiceOf('http://127.0.0.1:4001/x', own)).toBe(null)
    expect(pushServiceOf('https://127.0.0.1:4000/x', own)).toBe(null)
    expect(pushServiceOf('http://user@127.0.0.1:4000/x', own)).toBe(null)
  })
})

describe('a subscription', () => {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const valid = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/abc:def',
    keys: { p256dh: pair.getPublicKey('base64url'), auth: 'a'.repeat(22) },
    words: { title: 'Napoli', body: 'Your order is ready.' },
  }
  const read = (over: object) => pushBody.safeParse({ ...valid, ...over })

  it.for([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'HTTPS://FCM.GoogleAPIs.com/fcm/send/abc:def',
    'https://fcm.googleapis.com:443/fcm/send/abc:def',
    'https://fcm.googleapis.com/fcm/x/../send/abc:def',
    'https://fcm.googleapis.com/fcm/send/abc:def#',
    'https://fcm.googleapis.com/fcm/send/abc:def#again',
    '  https://fcm.googleapis.com/fcm/send/abc:def',
  ])('[PSM-1] %s is the same device in each spelling', (endpoint) => {
    expect(read({ endpoint }).data?.endpoint).toBe(valid.endpoint)
  })

  it('[PSM-1] another path or query is another device', () => {
    for (const end of ['abc:dEf', 'abc:def/', 'abc:def?a=1'])
      expect(read({ endpoint: valid.endpoint.replace('abc:def', end) }).data?.endpoint).toMatch(end)
  })

  it('[PSM-2] is as long as its one spelling', () => {
    const rest = (letters: string) => read({ endpoint: `https://fcm.googleapis.com/${letters}` }).success
    expect([rest('x'.repeat(900)), rest('é'.repeat(900)), rest('x'.repeat(1000))]).toEqual([true, false, false])
  })

  it('[ORD-13] [PSM-4] needs a key that a message can be encrypted for: an uncompressed point of P-256', () => {
    const withKey = (bytes: Buffer) => read({ keys: { ...valid.keys, p256dh: bytes.toString('base64url') } }).success
    const point = pair.getPublicKey()
    expect(read({}).success).toBe(true)
    expect(withKey(point)).toBe(true)
    const beside = Buffer.from(point)
    beside[64]! ^= 1
    for (const bad of [beside, Buffer.alloc(65), Buffer.alloc(65, 4), pair.getPublicKey(null, 'hybrid')])
      expect(withKey(bad)).toBe(false)
    expect(read({ keys: { ...valid.keys, p256dh: 'B'.repeat(87) } }).error?.issues[0]?.path).toEqual(['keys', 'p256dh'])
  })
})

describe('requests to addresses that somebody else has given', () => {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.url!)
    response.writeHead(request.url === '/moved' ? 302 : 201, { location: '/elsewhere' }).end('x'.repeat(100_000))
  }).listen(0, '127.0.0.1')
  afterAll(() => server.close())
  const ask = async (host: string, path: string, allowInside: boolean) => {
    if (!server.listening) await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return await sendOutward({
      url: `http://${host}:${port}${path}`,
      method: 'POST',
      headers: {},
      body: Buffer.from('hello'),
      allowInside,
      timeoutMs: 5000,
    })
  }

  it.for(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1', '[::1]'])(
    '[PSM-2] none reaches our own network by %s',
    async (host) => {
      await expect(ask(host, '/in', false)).rejects.toThrow(Inside)
      expect(heard).not.toContain('/in')
    },
  )

  it('[PSM-2] one that the operator has named is reached, and no redirect is followed', async () => {
    expect(await ask('127.0.0.1', '/named', true)).toBe(201)
    expect(await ask('localhost', '/moved', true)).toBe(302)
    expect(heard).toEqual(['/named', '/moved'])
  })

  it('[PSM-2] no private address passes for a public one, in any spelling', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    const privately = fc.oneof(
      fc.tuple(fc.constant(10), byte, byte, byte),
      fc.tuple(fc.constant(127), byte, byte, byte),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
      fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
      fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
      fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
    )
    fc.assert(
      fc.property(privately, (parts) => {
        const address = parts.join('.')
        return (
          !isPublicAddress(address) && !isPublicAddress(`::ffff:${address}`) && !isPublicAddress(`::FFFF:${address}`)
        )
      }),
    )
    for (const address of [
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      '::',
      '::1',
      '2001:db8::1',
      '2002:7f00:1::',
      'ff02::1',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false])
    for (const address of ['8.8.8.8', '142.250.74.106', '2a00:1450:4007:80c::200a'])
      expect([address, isPublicAddress(address)]).toEqual([address, true])
  })
})

describe('the key of the installation', () => {
  it('[PSM-4] is the same each time, another for another secret, and one that the library takes', () => {
    const keys = vapidKeys(secret)
    expect(vapidKeys(secret)).toEqual(keys)
    expect(vapidKeys(`${secret}!`).publicKey).not.toBe(keys.publicKey)
    const { Authorization } = webPush.getVapidHeaders(
      'https://fcm.googleapis.com',
      'mailto:owner@example.com',
      keys.publicKey,
      keys.privateKey,
      'aes128gcm',
    )
    expect(Authorization).toContain(`k=${keys.publicKey}`)
  })
})
