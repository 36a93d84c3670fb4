import { describe, expect, it } from 'vitest'
import { chooseCoding } from '../../server/answers/encoding.ts'
import { scriptHashes } from '../../server/answers/script-hashes.ts'
import { alreadyHas, etagOf } from '../../server/answers/validators.ts'

describe('the coding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['br ; q=1.0', 'br'],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0.5, identity', null],
    ['identity;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=nonsense', null],
    [', ,;', null],
    ['zstd, deflate', null],
  ] as const)('[WEB-1] %j is answered with %j', (header, coding) => {
    expect(chooseCoding(header)).toBe(coding)
  })
})

describe('validators', () => {
  const etag = etagOf('pizza')
  it.each([
    [etag, true],
    [etag.replace('W/', ''), true],
    [`"other", ${etag}`, true],
    ['*', true],
    ['"other"', false],
    [undefined, false],
    ['', false],
  ])('[WEB-2] a reader with %j has it: %j', (header, has) => {
    expect(alreadyHas(header, etag)).toBe(has)
  })
})

/** `printf 'go()' | openssl dgst -sha256 -binary | base64` */
const goHash = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"

describe('the scripts of a page', () => {
  it('[WEB-3] are none of those that somebody wrote into an attribute, whatever their name', () => {
    const named = (name: string) => `<meta property="og:title" content="${name}">`
    expect([
      ...scriptHashes([named('Na</title><script>go()</script>'), `<link title='<script>go()</script>'>`]),
    ]).toEqual([])
    expect([...scriptHashes([`${named("d'Angelo")}<script>go()</script>${named('"')}`])]).toEqual([goHash])
    const quotes = `<style>a>b{content:"<i '"}</style><title>it's</title><!-- isn't > -->`
    expect([...scriptHashes([`${quotes}<script data-of="a>b">go()</script>`])]).toEqual([goHash])
  })

  it('[WEB-3] are allowed by their content; files and data need no permission', () => {
    const hashes = scriptHashes([
      '<title>x</title><script type="importmap">{}</script><script src="/a.js" type="module"></script>',
      '<script>go()</script><script type="application/json" id="d">[1]</script>',
      '<script type="application/ld+json">{"a":1}</script><script>go()</script>',
    ])
    // printf 'go()' | openssl dgst -sha256 -binary | base64, and the same for {}
    expect([...hashes]).toEqual([
      "'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='",
      "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='",
    ])
  })
})
