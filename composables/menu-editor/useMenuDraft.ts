import { watchDebounced } from '@vueuse/core'
import type { Ref } from 'vue'
import type { MenuDocument } from '#shared/menu/document'
import { mergeMenus, takeTheirs, type Conflict } from '#shared/menu/edit-menu'
import { compareMenus, isUnchanged, type MenuChanges } from '#shared/menu/menu-changes'
import type { MenuBook } from '~/server/menu/editor/book'
import { draftKey, keptDraft, type KeptDraft } from '~/composables/menu-editor/keptDraft'
import { sendCommand, type CommandResult } from '~/composables/useCommand'
import { useKept } from '~/composables/useKept'

const documentOf = ({ categories, items, toppings, crusts }: MenuDocument): MenuDocument => ({
  ...{ categories, items, toppings, crusts },
})

/** After this long without a change the device keeps the draft, ms. */
const keepAfterMs = 300
/** How long a publish can be taken back, ms. */
export const undoMs = 10_000

/** A published menu that can still be taken back. */
interface Published {
  before: MenuDocument
  /** What the device keeps when it is taken back: what was edited, and nothing of a file. */
  keepsDraft: boolean
}

export interface MenuDraft {
  /** The menu as it is published, and what belongs to it; null until it was read. */
  book: Readonly<Ref<MenuBook | null>>
  /** The menu as it is being edited. */
  menu: Ref<MenuDocument>
  changes: Readonly<Ref<MenuChanges>>
  /** What somebody else has published in another way. */
  conflicts: Ref<Conflict[]>
  published: Readonly<Ref<Published | null>>
  load(): Promise<boolean>
  publish(): Promise<CommandResult<object> | 'merged'>
  undo(): Promise<CommandResult<object>>
  /** A file was published: it is here now, and can be taken back. */
  imported(): Promise<void>
  discard(): void
  /** Ends the conflicts: theirs of these, mine of the others. */
  settle(theirs: Conflict[]): void
  /** Takes over what is published now; what is edited stays. */
  refresh(): Promise<void>
  rebaseOn(now: MenuBook): void
  /** Goes on with a menu that was made from another one. */
  take(base: MenuDocument, menu: MenuDocument): Promise<void>
}

/** The menu of a pizzeria while its manager edits it. Call once, in the page. */
export function useMenuDraft(pizzeria: string): MenuDraft {
  const path = `/api/pizzerias/${pizzeria}/menu`
  const empty: MenuDocument = { categories: [], items: [], toppings: [], crusts: [] }
  const book = shallowRef<MenuBook | null>(null)
  const menu = shallowRef(empty)
  const conflicts = shallowRef<Conflict[]>([])
  const published = shallowRef<Published | null>(null)
  const changes = computed(() =>
    book.value ? compareMenus(documentOf(book.value), menu.value) : compareMenus(empty, empty),
  )
  const kept = useKept<KeptDraft | null>(draftKey(pizzeria), keptDraft, null)

  function keep() {
    if (!book.value) return
    kept.value = isUnchanged(changes.value)
      ? null
      : { version: 1, edited: book.value.version, base: documentOf(book.value), draft: menu.value }
  }
  watchDebounced(menu, keep, { debounce: keepAfterMs })
  useEventListener('pagehide', keep)
  onScopeDispose(keep)

  /** Takes over the menu as it is published now, with what was edited since `base` of it. */
  function rebase(now: MenuBook, base: MenuDocument, draft: MenuDocument) {
    const merged = mergeMenus(base, draft, documentOf(now))
    book.value = now
    menu.value = merged.menu
    conflicts.value = merged.conflicts
  }
  async function load() {
    const result = await sendCommand<MenuBook>(path, { method: 'GET', tries: 3 })
    if (result.name !== 'done') return false
    const draft = kept.value
    if (draft) rebase(result.data, draft.base, draft.draft)
    else {
      book.value = result.data
      menu.value = documentOf(result.data)
    }
    return true
  }

  async function put(body: MenuDocument, ifVersion: number) {
    return await sendCommand<{ version: number; changes: MenuChanges }>(path, {
      method: 'PUT',
      body: { ...body, ifVersion },
      tries: 2,
      timeout: 15_000,
    })
  }
  let forgetting: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(forgetting))
  async function publish() {
    const before = book.value!
    const sent = menu.value
    const result = await put(sent, before.version)
    if (result.name === 'refused' && result.code === 'menu.stale') {
      rebase(result.details.menu as MenuBook, documentOf(before), sent)
      keep()
      return 'merged'
    }
    if (result.name !== 'done') return result
    await offerUndo({ before: documentOf(before), keepsDraft: true }, sent)
    return result
  }
  async function offerUndo(done: Published, sent: MenuDocument) {
    await renew(sent)
    published.value = done
    clearTimeout(forgetting)
    forgetting = setTimeout(() => (published.value = null), undoMs)
  }
  async function undo() {
    const taken = published.value!
    const result = await put(taken.before, book.value!.version)
    if (result.name !== 'done') return result
    published.value = null
    const kept = menu.value
    await renew(documentOf(book.value!))
    // What was edited stays, to be mended and published again.
    if (taken.keepsDraft) {
      menu.value = kept
      conflicts.value = []
    }
    keep()
    return result
  }
  /** Reads what is published now; what was edited while it was sent stays. */
  async function renew(sent: MenuDocument) {
    const now = await sendCommand<MenuBook>(path, { method: 'GET', tries: 3 })
    if (now.name === 'done') rebase(now.data, sent, menu.value)
    keep()
  }

  return {
    book,
    menu,
    changes,
    conflicts,
    published,
    load,
    publish,
    undo,
    rebaseOn(now) {
      rebase(now, documentOf(book.value!), menu.value)
      keep()
    },
    refresh: () => renew(documentOf(book.value!)),
    async take(base, mine) {
      menu.value = mine
      await renew(base)
    },
    imported: () => offerUndo({ before: documentOf(book.value!), keepsDraft: false }, menu.value),
    discard: () => (menu.value = documentOf(book.value!)),
    settle(theirs) {
      menu.value = theirs.reduce(takeTheirs, menu.value)
      conflicts.value = []
      keep()
    },
  }
}
