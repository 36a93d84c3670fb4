import SQLite from 'better-sqlite3'
import { expect, test } from '../support/kitchen-page.ts'
import { request } from '../support/orders.ts'

test('[PDA-1] a pizzeria that was there before is asked how long people are kept, and the answer holds', async ({
  staff,
  server,
  cookie,
}) => {
  const database = new SQLite(server.databaseFile)
  database.prepare('UPDATE pizzerias SET people_kept_days = NULL').run()
  database.close()
  const page = await staff.newPage()
  await page.goto('/napoli/manage')
  const question = page.getByTestId('kept-days')
  await expect(question).toHaveAttribute('data-asks', 'true')
  await question.getByLabel('Days').fill('30')
  await question.getByRole('button', { name: 'Erase them after 30 days' }).click()
  await expect(question).toHaveAttribute('data-asks', 'false')
  const kept = await request(server, 'GET', '/api/pizzerias/napoli/people', { cookie })
  expect(kept.body).toEqual({ keptDays: 30 })
})
