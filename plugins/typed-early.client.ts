type Field = HTMLInputElement | HTMLTextAreaElement

/** Fields whose text can be read and written; a file or a button has none, and a box that is ticked is no text. */
const texts = ['text', 'search', 'tel', 'email', 'url', 'number', 'password', 'date', 'time', 'datetime-local']
const isText = (one: unknown): one is Field =>
  one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && texts.includes(one.type))

/**
 * A page can be typed into as soon as it is seen, on a bad line seconds before it wakes up. Waking up writes the
 * server's values into its fields, so what people have typed meanwhile is noted, and put back as if typed just then:
 * when the page is awake, and again for each part of it that wakes up later (`useEarly`).
 */
export default defineNuxtPlugin({
  name: 'typed-early',
  enforce: 'pre',
  setup({ isHydrating, hook }) {
    if (!isHydrating) return
    /** The fields that came with the page and may still be asleep; null: nobody has typed into it. */
    const asleep = new Map<Field, string | null>()
    for (const one of document.querySelectorAll('input, textarea'))
      if (isText(one)) asleep.set(one, one.value === one.defaultValue ? null : one.value)
    document.addEventListener(
      'input',
      ({ target }) => {
        if (asleep.has(target as Field)) asleep.set(target as Field, (target as Field).value)
      },
      true,
    )

    function putBack(field: Field, text: string) {
      asleep.delete(field)
      field.value = text
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    let isAwake = false
    hook('app:suspense:resolve', () => {
      if (isAwake) return
      isAwake = true
      // Whatever is as it was typed may be in a part that sleeps on.
      for (const [field, text] of [...asleep]) if (text !== null && field.value !== text) putBack(field, text)
    })
    hook('comanda:awake', (part) => {
      for (const [field, text] of [...asleep]) {
        if (!part.contains(field)) continue
        if (text !== null && field.value !== text) putBack(field, text)
        else asleep.delete(field)
      }
    })
  },
})
