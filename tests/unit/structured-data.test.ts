import { describe, expect, it } from 'vitest'
import { jsonForScript, menuData } from '#shared/menu/structured-data'
import { itemOf, napoliMenu } from '../support/napoli'

const url = 'https://pizza.example/napoli'
const dishes = (data: ReturnType<typeof menuData>) => data.hasMenu.hasMenuSection.flatMap((one) => one.hasMenuItem)

describe('[WEB-6] the menu as JSON-LD', () => {
  it('[WEB-6] has every dish once, with each size at its price', () => {
    const menu = napoliMenu()
    const data = menuData(menu, 'fr', url, 2)
    expect(dishes(data)).toHaveLength(menu.items.length)
    const margherita = dishes(data).find(({ name }) => name === 'Margherita')!
    expect(margherita.offers.map(({ price }) => price)).toEqual(
      itemOf(menu, 'margherita').sizes.map(({ price }) => (price / 100).toFixed(2)),
    )
    expect(new Set(margherita.offers.map((offer) => offer.name)).size).toBe(margherita.offers.length)
    expect(margherita.suitableForDiet).toContain('https://schema.org/VegetarianDiet')
  })

  it('[WEB-6] counts in whole units where a currency has no smaller ones', () => {
    const menu = { ...napoliMenu(), currency: 'JPY' }
    const [first] = dishes(menuData(menu, 'en', url, 0))
    expect(first!.offers[0]!.price).toBe(String(menu.items[0]!.sizes[0]!.price))
  })

  it('[WEB-6] says the address and phone of the pizzeria only where there are any', () => {
    const menu = napoliMenu()
    expect(menuData(menu, 'en', url, 2)).not.toHaveProperty('telephone')
    Object.assign(menu.pizzeria, { phone: '+33199001234', address: '12 rue du Four', country: 'FR' })
    expect(menuData(menu, 'en', url, 2)).toMatchObject({
      telephone: '+33199001234',
      address: { streetAddress: '12 rue du Four', addressCountry: 'FR' },
    })
  })

  it('[WEB-6] says nothing of hours that nobody has set', () => {
    const menu = napoliMenu()
    for (const hours of [undefined, { week: null, exceptions: [] }])
      expect(menuData({ ...menu, hours }, 'en', url, 2)).not.toHaveProperty('openingHoursSpecification')
  })

  it('[WEB-6] cannot be ended by what a pizzeria writes', () => {
    const menu = napoliMenu()
    menu.pizzeria.name = '</script><script>alert(1)</script><!--'
    const json = jsonForScript(menuData(menu, 'en', url, 2))
    expect(json).not.toContain('<')
    expect(JSON.parse(json).name).toBe(menu.pizzeria.name)
  })
})
