import { afterEach, expect, it } from 'vitest'
import { useEarly } from '~/composables/useEarly'
import typedEarly from '~/plugins/typed-early.client'
import { openComposable } from '../support/composable'

afterEach(() => {
  document.body.innerHTML = ''
})

/** A page as the server wrote it, with a field in a part that wakes up later; and what its fields have been told. */
async function openPage() {
  document.body.innerHTML = '<input id="name"><section><input id="search" type="search"></section>'
  const [name, search] = document.querySelectorAll('input') as unknown as [HTMLInputElement, HTMLInputElement]
  const part = document.querySelector('section')!
  const told: string[] = []
  const app = useNuxtApp()
  typedEarly({ ...app, isHydrating: true } as unknown as typeof app)
  for (const field of [name, search]) field.addEventListener('input', () => told.push(`${field.id} ${field.value}`))
  return {
    name,
    search,
    told,
    pageWakesUp: () => app.callHook('app:suspense:resolve'),
    /** What waking up does: the server's value is written, then the component is mounted. */
    async partWakesUp() {
      search.value = ''
      const { page } = await openComposable(() => useEarly(shallowRef(part)))
      page.unmount()
    },
  }
}

function type(field: HTMLInputElement, text: string) {
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

it('what was typed before the page woke up is put back, as if typed just then', async () => {
  const page = await openPage()
  type(page.name, 'Ada')
  page.name.value = ''
  page.told.length = 0
  await page.pageWakesUp()
  expect(page.name.value).toBe('Ada')
  expect(page.told).toEqual(['name Ada'])
})

it('what is typed into a part that sleeps on is put back when that part wakes up, and only then', async () => {
  const page = await openPage()
  type(page.search, 'Mar')
  await page.pageWakesUp()
  type(page.search, 'Marg')
  page.told.length = 0
  await page.partWakesUp()
  await expect.poll(() => page.told).toEqual(['search Marg'])
  expect(page.search.value).toBe('Marg')
  // It answers by itself now: what empties it means it.
  await page.partWakesUp()
  expect(page.search.value).toBe('')
})
