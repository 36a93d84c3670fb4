import { mountSuspended } from '@nuxt/test-utils/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { computed, defineComponent, h, nextTick } from 'vue'
import ItemBuilder from '~/components/menu/ItemBuilder.vue'
import { provideMenu } from '~/composables/useMenu'
import { itemOf, napoliMenu } from '../support/napoli'

const within = () => document.querySelector<HTMLElement>('[role="dialog"]')!
const radio = (name: string) => within().querySelector<HTMLInputElement>(`input[type=radio][aria-label="${name}"]`)!
const button = (text: string) =>
  [...within().querySelectorAll('button')].find((one) => one.textContent?.includes(text))!
const tick = () => nextTick().then(() => nextTick())

async function build(id = 'margherita') {
  const menu = napoliMenu()
  const Page = defineComponent(() => {
    provideMenu(computed(() => menu))
    return () => h(ItemBuilder, { item: itemOf(menu, id), open: true })
  })
  const page = await mountSuspended(Page)
  await tick()
  return { emitted: (event: string) => page.findComponent(ItemBuilder).emitted(event), unmount: () => page.unmount() }
}

describe('the pizza builder', () => {
  afterEach(() => document.body.replaceChildren())

  it('adds up as one chooses, and returns the line with the price that was seen', async () => {
    const page = await build()
    expect(button('Add to basket').textContent).toContain('€9.50')
    radio('Large').click()
    await tick()
    expect(button('Add to basket').textContent).toContain('€12.50')
    button('Black olives').click()
    await tick()
    button('Add to basket').click()
    const [[line, seen]] = page.emitted('done') as [[{ size: string; toppings: unknown[] }, number]]
    expect(line).toMatchObject({
      item: 'margherita',
      size: 'large',
      toppings: [{ topping: 'olives', half: 'whole', amount: 'normal' }],
    })
    expect(seen).toBe(1450)
    page.unmount()
  })

  it('takes off a default topping, and says so', async () => {
    const page = await build()
    const basil = button('Basil')
    expect(basil.getAttribute('aria-pressed')).toBe('true')
    basil.click()
    await tick()
    expect(button('Basil').getAttribute('aria-pressed')).toBe('false')
    button('Add to basket').click()
    expect((page.emitted('done') as [[{ remove: string[] }]])[0][0].remove).toEqual(['basil'])
    page.unmount()
  })

  it('shows the other half in the drawing as soon as it is chosen', async () => {
    const page = await build()
    const before = within().querySelector('[data-testid=builder-drawing]')!.innerHTML
    within().querySelector<HTMLElement>('[role=switch]')!.click()
    await tick()
    radio('Diavola').click()
    await tick()
    expect(within().querySelector('[data-testid=builder-drawing]')!.innerHTML).not.toBe(before)
    expect(within().textContent).toContain('Margherita / Diavola')
    page.unmount()
  })
})
