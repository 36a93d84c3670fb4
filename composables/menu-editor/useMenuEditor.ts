import type { Ref } from 'vue'
import type { MenuDocument, MenuPart } from '#shared/menu/document'
import * as edit from '#shared/menu/edit-menu'
import type { Language, Text } from '#shared/menu/menu'
import { completeText } from '#shared/menu/menu-text'
import { languages } from '#shared/menu/words'
import { minorDigits, readAmount, writeAmount } from '#shared/order/amount'
import { pageContext } from '~/composables/pageContext'
import type { MenuDraft } from '~/composables/menu-editor/useMenuDraft'
import type { MenuPlan } from '~/composables/menu-editor/useMenuPlan'

/** What every part of the menu's editor may use. */
export interface MenuEditor {
  pizzeria: string
  draft: MenuDraft
  plan: MenuPlan
  /** The languages of the pizzeria, the first one first. */
  languages: Readonly<Ref<Language[]>>
  /** A text in the language of the page, or in another one. */
  say(text: Text): string
  /** The languages of the pizzeria in which a text is missing. */
  lacks(text: Text): Language[]
  /** Minor units as they stand in a cell, and back; null: no price. */
  price: { write(minor: number): string; read(written: string): number | null }
  change<P extends MenuPart>(part: P, id: string, change: Partial<edit.PartEntry<P>>): void
  /** Adds something new under a name; returns its id. */
  add<P extends MenuPart>(part: P, name: Text, entry: Omit<edit.PartEntry<P>, 'id' | 'name'>): string
  archive(part: MenuPart, id: string): void
  move(part: MenuPart, id: string, by: 1 | -1): void
}

const context = pageContext<MenuEditor>('menu editor')
export const useMenuEditor = context.use

/** Provides the draft, and the steps of editing it, to all components below. */
export function provideMenuEditor(pizzeria: string, draft: MenuDraft, plan: MenuPlan): MenuEditor {
  const { locale, t } = useI18n()
  const language = computed(() => languages.find((one) => one === locale.value) ?? 'en')
  const digits = computed(() => minorDigits(draft.book.value?.currency ?? 'EUR'))
  const sign = computed(() => (new Intl.NumberFormat(locale.value).format(1.5).includes(',') ? ',' : '.'))
  const own = computed(() => {
    const chosen = draft.book.value?.languages.flatMap((one) => languages.find((known) => known === one) ?? [])
    return chosen?.length ? chosen : [...languages]
  })
  const editor: MenuEditor = {
    pizzeria,
    draft,
    plan,
    languages: own,
    say: (text) =>
      completeText({ ...text, en: text[language.value] || text.en })[language.value] || t('editor.unnamed'),
    lacks: (text) => own.value.filter((one) => text[one].trim() === ''),
    price: {
      write: (minor) => writeAmount(minor, digits.value, sign.value),
      read: (written) => readAmount(written, digits.value),
    },
    change(part, id, change) {
      draft.menu.value = edit.changeEntry(draft.menu.value, part, id, change)
    },
    add(part, name, entry) {
      const { archived } = draft.book.value!
      const gone = part === 'items' || part === 'toppings' ? archived[part as 'items' | 'toppings'] : []
      const taken = [...((draft.menu.value as MenuDocument)[part as MenuPart] as edit.PartEntry[]), ...gone].map(
        (one) => one.id,
      )
      const id = edit.newId(editor.say(name), taken)
      draft.menu.value = edit.addEntry(draft.menu.value, part, { id, name, ...entry } as never)
      return id
    },
    archive(part, id) {
      draft.menu.value = edit.removeEntry(draft.menu.value, part, id)
    },
    move(part, id, by) {
      draft.menu.value = edit.moveEntry(draft.menu.value, part, id, by)
    },
  }
  context.provide(editor)
  return editor
}
