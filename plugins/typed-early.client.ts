type Field = HTMLInputElement | HTMLTextAreaElement

/** Fields whose text can be read and written; a file or a button has none, and a box that is ticked is no text. */
const texts = ['text', 'search', 'tel', 'email', 'url', 'number', 'password', 'date', 'time', 'datetime-local']
const isText = (one: unknown): one is Field =>
  one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && texts.includes(one.type))

/**
 * A page can be typed into as soon as it is seen, on a bad line seconds before it wakes up. Waking up writes the
 * server's values into all fields, so what people have typed meanwhile is noted, and put back as if typed just then.
 */
export default defineNuxtPlugin({
  name: 'typed-early',
  enforce: 'pre',
  setup({ isHydrating, hook }) {
    if (!isHydrating) return
    const typed = new Map<Field, string>()
    const note = (one: unknown) => isText(one) && typed.set(one, one.value)
    for (const one of document.querySelectorAll('input, textarea'))
      if (isText(one) && one.value !== one.defaultValue) note(one)
    const listen = ({ target }: Event) => note(target)
    document.addEventListener('input', listen, true)

    let isOver = false
    hook('app:suspense:resolve', () => {
      if (isOver) return
      isOver = true
      document.removeEventListener('input', listen, true)
      for (const [field, text] of typed) {
        if (!field.isConnected || field.value === text) continue
        field.value = text
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
    })
  },
})
