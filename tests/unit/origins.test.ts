import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { interfacesOf, reachableOrigins, type Reached } from '../../server/ground/reachable.ts'
import { originAllowed } from '../../server/live/origins.ts'

const host = 'pizza.example'

describe('origins', () => {
  it("[SRV-1] without configured origins, a page's own host is ours, whatever scheme a proxy removed", () => {
    expect(originAllowed('https://pizza.example', host, [])).toBe(true)
    expect(originAllowed('http://pizza.example', host, [])).toBe(true)
    expect(originAllowed('http://192.168.1.20:3000', '192.168.1.20:3000', [])).toBe(true)
    expect(originAllowed('http://[::1]:3000', '[::1]:3000', [])).toBe(true)
  })

  it.each([
    'null',
    '',
    'pizza.example',
    'https://',
    '*',
    'file://',
    'about:blank',
    'https://pizza.example.evil.io',
    'https://evil-pizza.example',
    'https://evil.io/pizza.example',
    'https://pizza.example@evil.io',
    'https://evil.io#pizza.example',
    'https://evil.io?pizza.example',
    'https://shop.pizza.example',
    'https://pizza.example:8443',
    'https://pizza.example.',
    'https://pizza.example/',
    'HTTPS://PIZZA.EXAMPLE',
    'https://pizzа.example',
    'https://pizza.example https://evil.io',
    'javascript:pizza.example',
  ])('[SRV-1] %s is not ours', (origin) => {
    expect(originAllowed(origin, host, [])).toBe(false)
    expect(originAllowed(origin, host, ['https://pizza.example'])).toBe(false)
  })

  it('[SRV-1] with configured origins, the match is exact, and the host is ignored', () => {
    const configured = ['https://pizza.example', 'http://10.0.0.5:3000']
    expect(configured.map((origin) => originAllowed(origin, 'other.example', configured))).toEqual([true, true])
    expect(originAllowed('http://pizza.example', host, configured)).toBe(false)
    expect(originAllowed('https://other.example', 'other.example', configured)).toBe(false)
  })

  it('[SRV-1] a request without a host belongs to nobody', () => {
    expect(originAllowed('https://pizza.example', null, [])).toBe(false)
  })
})

describe('the address that a phone in the shop can open', () => {
  const address = (address: string, internal = false, family = 'IPv4') =>
    ({ address, internal, family }) as NetworkInterfaceInfo
  const interfaces = {
    lo: [address('127.0.0.1', true), address('::1', true, 'IPv6')],
    usb: [address('169.254.3.4')],
    wlan: [address('fe80::1', false, 'IPv6'), address('192.168.1.20')],
  }
  const reach = (origin: string, over: Partial<Reached> = {}) =>
    reachableOrigins({ origin, configured: [], listens: '::', interfaces, ...over })[0]

  it('[SRV-10] is the one that was asked, unless that means this machine alone', () => {
    for (const origin of ['https://pizza.example', 'http://192.168.1.7:3000', 'http://shop.local'])
      expect(reach(origin, { configured: ['https://other.example'] })).toBe(origin)
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(reach(`http://${host}:3000`)).toBe('http://192.168.1.20:3000')
  })

  it('[SRV-10] is a configured one in its place, and stays where nothing better is known', () => {
    const local = 'http://localhost:3000'
    expect(reach(local, { configured: ['https://pizza.example'] })).toBe('https://pizza.example')
    expect(reach(local, { listens: '127.0.0.1' })).toBe(local)
    expect(reach(local, { listens: undefined })).toBe(local)
    expect(reach(local, { interfaces: { lo: interfaces.lo } })).toBe(local)
  })

  it('[SRV-10] where the system tells no addresses, as in a sandbox, there are none and nothing fails', () => {
    const refused = () => {
      throw new Error('uv_interface_addresses returned EAFNOSUPPORT')
    }
    expect(interfacesOf(refused)).toEqual({})
    expect(interfacesOf(() => interfaces)).toBe(interfaces)
  })

  it('[OWN-21] all of them, private ones first, and none behind which no phone of the shop is', () => {
    const many = {
      ...interfaces,
      docker0: [address('172.17.0.1')],
      eth0: [address('203.0.113.7')],
      eth1: [address('10.0.0.5'), address('192.168.1.20')],
    }
    expect(
      reachableOrigins({ origin: 'http://localhost:3000', configured: [], listens: '0.0.0.0', interfaces: many }),
    ).toEqual(['http://192.168.1.20:3000', 'http://10.0.0.5:3000', 'http://203.0.113.7:3000'])
    const configured = ['https://one.example', 'https://two.example']
    const reached = { origin: 'http://localhost:3000', configured, listens: '::', interfaces: many }
    expect(reachableOrigins(reached)).toEqual(configured)
  })
})
