import { may, type Act } from '../../shared/staff/may.ts'
import { rejections, type RejectionCode } from '../../shared/order/rejections.ts'
import type { Answer, Caller, Operation } from '../utils/operation.ts'
import { refusalsOf } from './refusals.ts'
import type { Route } from './route.ts'
import { toSchema } from './schema.ts'

export interface Described extends Route {
  operation: Operation
}

const version = '1.0.0'

/**
 * The OpenAPI 3.1 document of these operations. `base` is the path that the site lies under. It gives way to others
 * after each operation: making all of it at once takes longer than a screen should wait.
 */
export async function writeDocument(described: Described[], base: string, giveWay: () => Promise<unknown>) {
  const schemas: Record<string, unknown> = { Error: errorSchema }
  const paths: Record<string, Record<string, unknown>> = {}
  for (const one of described) {
    paths[one.path] = { ...paths[one.path], [one.method]: describe(one, schemas) }
    await giveWay()
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Comanda',
      version,
      description: 'Orders, menus and screens of a pizzeria. docs/protocol.md has the rules, and the live messages.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base.replace(/\/$/, '') || '/' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'comanda', description: 'Given by a sign-in, to pages.' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Given to programs: `POST /api/staff/sign-in` with `token: true`.',
        },
        operator: { type: 'http', scheme: 'bearer', description: '`COMANDA_METRICS_TOKEN`' },
        signature: {
          type: 'apiKey',
          in: 'query',
          name: 'auth_signature',
          description: 'The signature of the Pusher protocol, made with the secret of `COMANDA_PUSHER`.',
        },
      },
    },
  }
}
export type OpenApi = Awaited<ReturnType<typeof writeDocument>>

function describe({ method, path, operation }: Described, schemas: Record<string, unknown>) {
  const { summary, who, params, query, body, example, key, answers } = operation
  const parameters = [
    ...parametersOf(params, 'path'),
    ...parametersOf(query, 'query'),
    ...(key
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: key === 'required',
            schema: { type: 'string', minLength: 8, maxLength: 128 },
          },
        ]
      : []),
  ]
  return {
    operationId: `${method} ${path}`,
    tags: [tagOf(path)],
    summary,
    'x-who': who,
    ...(isAct(who) && { description: `For ${may[who].join(', ')} (\`${who}\`).` }),
    security: securityOf(who),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: toSchema(body, 'input'), ...(example !== undefined && { example }) } },
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answered(answer, schemas)])),
      ...refused(refusalsOf({ method, path }, operation)),
    },
  }
}

const isAct = (who: Caller): who is Act => Object.hasOwn(may, who)

/** The first word of an address that says what it is about. */
const tagOf = (path: string) =>
  /^\/api\/pizzerias\/\{pizzeria\}\/([\w-]+)/.exec(path)?.[1] ??
  /^\/(?:api\/)?_?([\w-]+)/.exec(path)?.[1] ??
  'pizzerias'

function securityOf(who: Caller) {
  switch (who) {
    case 'anyone':
    case 'link':
      return []
    case 'stream':
      return [{}, { cookie: [] }, { token: [] }]
    case 'operator':
      return [{}, { operator: [] }]
    case 'signature':
      return [{ signature: [] }]
    default:
      return [{ cookie: [] }, { token: [] }]
  }
}

function parametersOf(from: Operation['params'], place: 'path' | 'query') {
  if (!from) return []
  const { properties, required = [] } = toSchema(from, 'input') as {
    properties: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }))
}

function answered(answer: Operation['answers'][number], schemas: Record<string, unknown>) {
  const content = Object.fromEntries(
    [answer].flat().flatMap((one: Answer) => {
      if (one === null) return []
      return [typeof one === 'string' ? [one, {}] : ['application/json', { schema: toSchema(one, 'output', schemas) }]]
    }),
  )
  return Object.keys(content).length === 0 ? { description: 'Done.' } : { description: 'The answer.', content }
}

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      description: 'Beside these, what helps whoever was refused: the order as it is, the new quote, the time to wait.',
      properties: {
        code: { type: 'string', enum: Object.keys(rejections), description: 'Permanent.' },
        message: { type: 'string', description: 'For people; may be reworded.' },
        retryable: { type: 'boolean', description: 'The very same request may succeed later.' },
      },
      required: ['code', 'message', 'retryable'],
    },
  },
  required: ['error'],
}

function refused(codes: RejectionCode[]) {
  const byStatus = Map.groupBy(codes, (code) => rejections[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\`: ${rejections[code].message}`).join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  )
}
