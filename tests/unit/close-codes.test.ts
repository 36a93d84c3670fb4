import { expect, it } from 'vitest'
import { closeCodes, mayRetry } from '../../shared/live/close-codes.ts'

it('[CLI-4] 44xx stop, 45xx are tried again, in the table as in the rule', () => {
  for (const [code, { retry }] of Object.entries(closeCodes)) {
    if (code.startsWith('44')) expect(retry, code).toBe(false)
    if (code.startsWith('45')) expect(retry, code).toBe(true)
    expect(mayRetry(Number(code)), code).toBe(retry)
  }
})

it('[CLI-4] unknown codes follow their range', () => {
  expect([4410, 4499].map(mayRetry)).toEqual([false, false])
  expect([1005, 1015, 3000, 4000, 4399, 4502, 4999].every(mayRetry)).toBe(true)
})

it('[MSG-1] every code has a name of its own', () => {
  const names = Object.values(closeCodes).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
