import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, describe, expect, it } from 'vitest'
import { routeFiles } from '../../build/operations.ts'
import { routeOf } from '../../server/openapi/route.ts'
import { callOf, openWorld, send, type Operation } from '../support/every-route.ts'
import { root } from '../support/sources.ts'

const world = await openWorld()
const { server, manager, document, operations, fixtures } = world
afterAll(() => server.stop())
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const screen = await fixtures.screen()

/** Who calls it where it must succeed; the manager may do the most. */
const callers: Record<string, () => Promise<string | undefined>> = {
  'get /api/screens/me': async () => screen.cookie,
  // Its cookie is used up by the call.
  'post /api/staff/sign-out': async () => (await fixtures.member('kitchen')).cookie,
  'post /api/staff/pin': async () => (await fixtures.member('kitchen')).cookie,
  'post /api/screens/pairings/{token}': async () => undefined,
  'post /api/setup': async () => undefined,
}
/** What cannot succeed in a plain request, and what it answers instead. */
const refusals: Record<string, number> = {
  // They take WebSockets.
  'get /_ws': 426,
  'get /app/{key}': 426,
  // The example's PIN is nobody's.
  'post /api/staff/pin': 401,
  // The demo lets its customers not amend.
  'post /api/tracking/{tracking}/amend': 409,
  // What was sent is written by the clock.
  'post /api/pizzerias/{pizzeria}/webhooks/{hook}/deliveries/{delivery}/replay': 404,
  // The cursor is of another database.
  'get /api/streams/{stream}/events': 410,
}

/** Closed: an answer with a field that the document does not name is refused. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in schema && !('additionalProperties' in schema) ? { ...all, additionalProperties: false } : all
}
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'comanda', components: { schemas: closed(document.components.schemas) } })
ajv.addSchema({ $id: 'open', components: { schemas: document.components.schemas } })

/** What is wrong with an answer, by the document. */
function wrongWith(operation: Operation, { status, type, body }: Awaited<ReturnType<typeof send>>) {
  const said = operation.responses[status]
  if (!said) return `the status ${status} is not named (${JSON.stringify(body).slice(0, 300)})`
  if (!said.content) return body === '' || status >= 400 ? null : `no body is named, but ${JSON.stringify(body)} came`
  const content = said.content[type]
  if (!content) return `the type ${type} is not named`
  if (!content.schema) return null
  const [base, schema] =
    status >= 400 ? (['open', content.schema] as const) : (['comanda', closed(content.schema)] as const)
  const text = JSON.stringify(schema).replaceAll('"#/components', `"${base}#/components`)
  const validate = ajv.compile(JSON.parse(text))
  if (!validate(body)) return ajv.errorsText(validate.errors)
  const code = (body as { error?: { code: string } }).error?.code
  return code && !said.description.includes(`\`${code}\``) ? `the code ${code} is not named` : null
}

describe('the document', () => {
  it('[API-1] is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    const result = await new Validator().validate(structuredClone(document) as never)
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('[API-1] names every route of the server, and none that there is not', () => {
    const routes = routeFiles(root).flatMap((file) => routeOf(file) ?? [])
    expect(operations.map(nameOf).sort()).toEqual(routes.map(nameOf).sort())
  })
})

describe('what each operation answers', () => {
  it.for(operations.map((one) => [nameOf(one), one] as const))(
    '[API-2] %s, as its document says',
    async ([name, one]) => {
      const cookie = callers[name] ? await callers[name]() : manager
      const answer = await send(server, await callOf(world, one), cookie)
      expect(wrongWith(one, answer)).toBe(null)
      const why = `Give the operation of ${name} an example that the demo takes, or say in this file what it answers.`
      const expected = refusals[name]
      if (expected === undefined) expect(answer.status, `${why} ${JSON.stringify(answer.body)}`).toBeLessThan(300)
      else expect(answer.status, why).toBe(expected)
    },
  )

  it.for(operations.map((one) => [nameOf(one), one] as const))(
    '[API-2] %s, to strangers and to nonsense',
    async ([name, one]) => {
      const call = await callOf(world, one)
      if (name !== 'post /api/setup') expect(wrongWith(one, await send(server, call))).toBe(null)
      if (!call.body) return
      const nonsense = { ...call, body: { nonsense: true }, ...(one['x-who'] === 'signature' && { path: one.path }) }
      const answer = await send(server, nonsense, manager)
      expect(wrongWith(one, answer)).toBe(null)
      expect(answer.status).toBeGreaterThanOrEqual(400)
    },
  )
})
