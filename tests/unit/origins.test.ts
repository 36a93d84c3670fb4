import { describe, expect, it } from 'vitest'
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
