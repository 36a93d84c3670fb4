import assert from 'node:assert/strict'
import { chromium, type Page } from '@playwright/test'
import { buildIfNeeded } from '../bench/build.ts'
import { buildRevision } from '../bench/revision.ts'
import { fill, numbersOn, signedIn } from '../tests/support/kitchen-page.ts'
import { line, move, quote, request, signIn } from '../tests/support/orders.ts'
import { startServer, type TestServer } from '../tests/support/server.ts'
import { until } from '../tests/support/until.ts'
import { findBrowser } from './browser.ts'

/**
 * `npm run upgrade -- REVISION`: the wall of an earlier build stays open while the server becomes this build. It must
 * go on with what it knows, show every order, step and amendment that follows, and take the new build in a quiet moment
 * (CLI-1). Builds the revision once, so it is no part of `npm test`. Ends with 1 at the first thing that fails.
 */
const revision = process.argv[2] ?? '321a3f3'
buildIfNeeded()
const { commit, entry } = buildRevision(revision)
const before = await startServer({ entry })
const browser = await chromium.launch(findBrowser())
let after: TestServer | undefined
try {
  const cookie = await signIn(before)
  const context = await signedIn(browser, before, cookie)
  const wall = await context.newPage()
  await wall.goto('/napoli/kitchen')
  const old = await fill(before, cookie, 3)
  await shows(
    wall,
    old.map(({ number }) => number),
  )
  say(`the wall of ${commit} shows ${old.length} orders`)
  let loads = 0
  wall.on('load', () => loads++)

  await before.kill('SIGTERM')
  after = await startServer({ databaseFile: before.databaseFile, port: before.port })
  const server = after
  // The day's numbers go on, and nobody has signed in again.
  const placed = await fill(server, cookie, 2)
  const numbers = [...old, ...placed].map(({ number }) => number)
  assert.equal(new Set(numbers).size, 5)
  await shows(wall, numbers)
  say('it shows orders that this build took, signed in as before')

  const [first, second] = old
  const made = await move(server, cookie, first!, 'making')
  await move(server, cookie, made.body.order, 'ready')
  await shows(
    wall,
    numbers.filter((number) => number !== first!.number),
  )
  say('a ticket that is done leaves it')

  const lines = [line({ item: 'diavola', size: 'large', quantity: 4 })]
  const { total } = await quote(server, { mode: 'pickup', lines } as never)
  const amended = await request(server, 'POST', `/api/orders/${second!.id}/amend`, {
    cookie,
    headers: { 'idempotency-key': 'upgrade-1' },
    body: { ifVersion: second!.version, lines, total },
  })
  assert.equal(amended.status, 200, JSON.stringify(amended.body))
  await until(async () => /4\s*L\s*arge\s*Diavola/i.test(await textOf(wall, second!.number)))
  say('an amended ticket has its new lines')
  assert.equal(loads, 0)

  // No order comes any more: a quiet moment.
  await until(() => loads === 1, 60_000)
  await shows(
    wall,
    numbers.filter((number) => number !== first!.number),
  )
  say('in a quiet moment it took this build, once')
} finally {
  await browser.close()
  await after?.stop()
  await before.stop()
}
process.exit(0)

function say(text: string) {
  console.log(`ok: ${text}`)
}
async function shows(page: Page, numbers: number[]) {
  const wanted = [...numbers].sort((a, b) => a - b)
  await until(async () => {
    const seen = [...new Set(await numbersOn(page))].sort((a, b) => a - b)
    return seen.join() === wanted.join()
  })
}
async function textOf(page: Page, number: number) {
  const texts = await page.locator(`[data-testid^="ticket"][data-number="${number}"]`).allInnerTexts()
  return texts.join(' ').replace(/\s+/g, ' ')
}
