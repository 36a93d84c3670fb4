import { expect, it } from 'vitest'
import { routeFiles } from '../../build/operations.ts'
import { refusalsOf } from '../../server/openapi/refusals.ts'
import { routeOf } from '../../server/openapi/route.ts'
import { root, sources } from '../support/sources.ts'

const described = routeFiles(root).filter((file) => routeOf(file) !== null)

it.for(described)('[API-1] %s says what it is, for /openapi.json', (file) => {
  const [{ text } = { text: '' }] = sources([file.replaceAll(/[[\]]/g, '?')])
  expect(
    /^export const operation = defineOperation\(/m.test(text),
    `Add "export const operation = defineOperation({ summary, who, params, body, example, answers })" to ${file}, ` +
      'above its handler; server/utils/operation.ts says what each field means, and answers are schemas of ' +
      'server/openapi/answers.ts.',
  ).toBe(true)
})

it.each([
  ['server/api/pizzerias/index.get.ts', 'get', '/api/pizzerias'],
  ['server/api/orders/[order]/moves.post.ts', 'post', '/api/orders/{order}/moves'],
  ['server/routes/openapi.json.get.ts', 'get', '/openapi.json'],
  ['server/routes/_ws.ts', 'get', '/_ws'],
])('[API-1] %s is found at its address', (file, method, path) => {
  expect(routeOf(file)).toEqual({ method, path })
})

it('[API-1] refusals follow from who may call and what is read', () => {
  const route = { method: 'post', path: '/api/x' }
  const codes = refusalsOf(route, { summary: '', who: 'order.pay', key: 'required', answers: { 200: null } })
  expect(codes).toEqual(expect.arrayContaining(['staff.sign_in', 'staff.forbidden', 'idempotency.missing']))
  expect(refusalsOf({ ...route, method: 'get' }, { summary: '', who: 'anyone', answers: { 200: null } })).toEqual([
    'server.busy',
    'server.fault',
  ])
})
