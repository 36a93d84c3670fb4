import { describe, expect, it } from 'vitest'
import { addressOf } from '../../server/ground/address.ts'

describe('[SRV-5] the address that limits are counted by', () => {
  it.each([
    ['10.0.0.9', null, 0, '10.0.0.9'],
    ['10.0.0.9', null, 1, '10.0.0.9'],
    // Without a proxy of ours anybody could say they are somebody else.
    ['10.0.0.9', '1.2.3.4', 0, '10.0.0.9'],
    ['127.0.0.1', '1.2.3.4', 1, '1.2.3.4'],
    // What the client itself wrote stands to the left of what our proxies add.
    ['127.0.0.1', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['127.0.0.1', '6.6.6.6,1.2.3.4,10.0.0.2', 2, '1.2.3.4'],
    ['127.0.0.1', '1.2.3.4', 2, '1.2.3.4'],
    ['127.0.0.1', ' ', 1, '127.0.0.1'],
    [undefined, null, 0, ''],
  ])('%s, forwarded %s, %i proxies: %s', (remote, forwarded, proxies, address) => {
    expect(addressOf(remote, forwarded, proxies)).toBe(address)
  })
})
