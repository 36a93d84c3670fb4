import type { InjectionKey } from 'vue'

/**
 * The one way in which a page passes its things to the components below it: the page provides one object of a
 * documented type, and each component takes from it what it needs. Props are for what differs from one instance to the
 * next (this ticket, this card), so that no component passes on what it does not use itself.
 */
export function pageContext<Things>(page: string) {
  const key: InjectionKey<Things> = Symbol(page)
  return {
    provide: (things: Things) => provide(key, things),
    use(): Things {
      const things = inject(key)
      if (!things) throw new Error(`This component stands outside of the ${page} page, which provides its things`)
      return things
    },
  }
}
