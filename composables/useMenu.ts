import type { Ref } from 'vue'
import type { Menu } from '#shared/menu/menu'
import { pageContext } from '~/composables/pageContext'
import { prepareMoney, useMoney } from '~/composables/useMoney'

/** What every part of a page that sells from a menu may use. */
export interface MenuContext {
  menu: Readonly<Ref<Menu>>
  /** Minor units as money, in the menu's currency and the visitor's language. */
  money: (minor: number) => string
}

const context = pageContext<MenuContext>('menu')

export const useMenu = context.use

/** Provides the menu to all components below, which price, draw and sell from it. */
export function provideMenu(menu: Readonly<Ref<Menu>>): MenuContext {
  const things = { menu, money: useMoney(() => menu.value.currency) }
  context.provide(things)
  prepareMoney(menu.value.currency)
  return things
}
