import { expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

/** Strings that only server code contains. */
const secrets = ['drizzle', 'better-sqlite3', 'PRAGMA ', 'NUXT_SESSION_PASSWORD', 'COMANDA_DEMO_PIN']

it('what browsers are sent contains nothing of the server', () => {
  const files = sources(['.output/public/_nuxt/*.js'])
  expect(files.length, 'there must be a build: npm run build').toBeGreaterThan(0)
  expect(
    files.flatMap(({ path, text }) => secrets.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`)),
  ).toEqual([])
})

/**
 * What is younger than the oldest browsers (`shared/oldest-browsers.ts`: Chrome 111, Firefox 121, Safari 16.4), with a
 * version that brought it. Newer syntax is rewritten by the build; methods are not.
 */
const tooYoung = {
  groupBy: [/\b(?:Object|Map)\.groupBy\(/, 'Safari 17.4'],
  withResolvers: [/\bPromise\.withResolvers\(/, 'Firefox 121, Chrome 119'],
  try: [/\bPromise\.try\(/, 'Chrome 128'],
  fromAsync: [/\bArray\.fromAsync\(/, 'Chrome 121'],
  canParse: [/\bURL\.canParse\(/, 'Chrome 120'],
  any: [/\bAbortSignal\.any\(/, 'Chrome 116'],
  Iterator: [/\bIterator\.(?:from|concat)\(/, 'Chrome 122'],
  map: [/\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|toArray|some|every|reduce|flatMap)\(/, 'Chrome 122'],
  isSubsetOf: [/\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, 'Chrome 122'],
  Segmenter: [/\bnew Intl\.Segmenter\(/, 'Firefox 125'],
  DurationFormat: [/\bnew Intl\.DurationFormat\(/, 'Chrome 129'],
  escape: [/\bRegExp\.escape\(/, 'Chrome 136'],
  isError: [/\bError\.isError\(/, 'Chrome 134'],
  fromBase64: [/\bUint8Array\.fromBase64\(/, 'Chrome 140'],
  checkVisibility: [/\.checkVisibility\(/, 'Safari 17.4'],
} as const

/** Whether a script asks whether there is something of this name before it uses it. */
const asksFirst = (text: string, name: string) =>
  new RegExp(`typeof [\\w.]*\\b${name}\\b|if\\([\\w.]*\\b${name}\\)|[\`'"]${name}[\`'"] ?in\\b|\\b${name}\\?`).test(
    text,
  )

it('[CLI-11] what browsers are sent calls nothing that is younger than the oldest of them', () => {
  const calls = sources(['.output/public/_nuxt/*.js', '.output/public/*.js']).flatMap(({ path, text }) =>
    Object.entries(tooYoung).flatMap(([name, [call, since]]) => {
      const at = text.search(call)
      if (at < 0 || asksFirst(text, name)) return []
      return [`${path}: ${name} (${since}): ${text.slice(Math.max(0, at - 60), at + 60)}`]
    }),
  )
  expect(calls).toEqual([])
})
