import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { closeCodes } from '../../shared/live/close-codes.ts'
import { events } from '../../shared/live/events.ts'
import { down, eventPage, resyncReason, snapshot, up } from '../../shared/live/messages.ts'
import { audiences, streamName } from '../../shared/live/streams.ts'
import { rejections } from '../../shared/order/rejections.ts'

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')
const forClients = page.slice(page.indexOf('\n# For whoever writes a client'))

/** The examples of one kind, as they are on the page. */
const examples = (kind: string) =>
  [...forClients.matchAll(new RegExp('^```json ' + kind + '\\n([\\s\\S]*?)^```$', 'gm'))].map(
    ([, text]) => JSON.parse(text!) as { kind?: string },
  )

/** The cells of a table, by its header's first cell. */
function table(first: string): string[][] {
  const lines = forClients.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`))
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  return lines.slice(start, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}
const kindsOf = (union: { options: readonly { shape: { kind: { value: string } } }[] }) =>
  union.options.map((option) => option.shape.kind.value).toSorted()

describe('docs/protocol.md, for authors of clients,', () => {
  it.for([
    ['up', up],
    ['down', down],
  ] as const)('[MSG-1] has an example of each message %s that the schema accepts unchanged', ([name, schema]) => {
    const found = examples(name)
    expect([...new Set(found.map(({ kind }) => kind))].toSorted()).toEqual(kindsOf(schema))
    // An example contains nothing that the schema does not know.
    for (const example of found) expect(schema.parse(example)).toMatchObject(example)
  })

  it('[STR-2] [STR-3] has a snapshot and a page of events as they are sent', () => {
    for (const example of examples('snapshot')) expect(snapshot.parse(example)).toEqual(example)
    for (const example of examples('events')) expect(eventPage.parse(example)).toEqual(example)
    expect([examples('snapshot').length, examples('events').length]).toEqual([1, 1])
  })

  it('[ORD-13] has a refusal as it is sent', () => {
    const refusal = z.object({
      error: z.looseObject({
        code: z.enum(Object.keys(rejections) as (keyof typeof rejections)[]),
        message: z.string(),
        retryable: z.boolean(),
      }),
    })
    const [example] = examples('refusal').map((found) => refusal.parse(found))
    expect(example!.error.retryable).toBe(rejections[example!.error.code].retryable)
  })

  it('[MSG-2] [SRV-5] names each close code, and whether to try again', () => {
    const rows = table('code').slice(2)
    expect(rows.map(([code, name, again]) => [Number(code), name, again === 'yes'])).toEqual(
      Object.entries(closeCodes).map(([code, { name, retry }]) => [Number(code), name, retry]),
    )
  })

  it('[STR-3] names each reason of a resync', () => {
    expect(
      table('reason')
        .slice(2)
        .map(([reason]) => reason),
    ).toEqual(resyncReason.options)
  })

  it('[MSG-5] says which audience sees something of each event', () => {
    const [[, ...named], , ...rows] = table('type') as [string[], string[], ...string[][]]
    expect(named.toSorted()).toEqual([...audiences].toSorted())
    expect(
      Object.fromEntries(rows.map(([type, ...cells]) => [type, named.filter((_, index) => cells[index]).toSorted()])),
    ).toEqual(
      Object.fromEntries(Object.entries(events).map(([type, { sees }]) => [type, Object.keys(sees).toSorted()])),
    )
  })

  it('[STR-1] names each stream', () => {
    const names = table('stream')
      .slice(2)
      .map(([name]) => name!)
    expect(names.map((name) => name.split(':')[0]).toSorted()).toEqual([...audiences].toSorted())
    for (const name of names) expect(streamName.safeParse(name.replace(/\{.*\}/, 'x1')).success).toBe(true)
  })
})
