import { expect, type Locator, type Page } from '@playwright/test'

/** How somebody works a page: by touch or mouse, or by the keyboard alone. */
export interface Hand {
  /** A button or a link. */
  press(target: Locator): Promise<void>
  fill(target: Locator, text: string): Promise<void>
  /** One of a native list, by its value. */
  choose(target: Locator, value: string): Promise<void>
  /** A radio button or a check box. */
  check(target: Locator): Promise<void>
  /** A time of day, `HH:MM`. */
  time(target: Locator, at: string): Promise<void>
}

export const pointer: Hand = {
  press: (target) => target.click(),
  fill: (target, text) => target.fill(text),
  choose: async (target, value) => void (await target.selectOption(value)),
  check: (target) => target.check(),
  time: async (target, at) => {
    await target.fill(at)
    await target.blur()
  },
}

/** More stops than any page has, there and back. */
const maxStops = 320
/** How many stops of Tab it is to an element from where the focus is; roughly, and backwards where negative. */
function stopsTo(target: Element): number {
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]'),
  ]
  const stops = all.filter((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.offsetParent !== null)
  return stops.indexOf(target as HTMLElement) - Math.max(0, stops.indexOf(document.activeElement as HTMLElement))
}
const isFocused = (target: Locator) => target.evaluate((element) => element === element.ownerDocument.activeElement)

/** The keyboard alone: what Tab does not lead to is out of reach. */
export function keyboard(page: Page): Hand {
  const { keyboard: keys } = page
  async function reach(target: Locator) {
    await expect(target).toBeVisible()
    // Most of the way at once, then half of what is left each time: to ask at each stop takes as long again, and how
    // far it is is a guess (a time has three stops, a group of radio buttons one).
    for (let stops = 0, share = 1; stops < maxStops; share = 0.5) {
      if (await isFocused(target)) return
      const away = await target.evaluate(stopsTo)
      const times = Math.max(1, Math.floor(Math.abs(away) * share))
      for (let stop = 0; stop < times; stop++) await keys.press(away < 0 ? 'Shift+Tab' : 'Tab')
      stops += times
    }
    throw new Error(`Tab does not lead to ${String(target)}`)
  }
  return {
    async press(target) {
      await reach(target)
      await keys.press('Enter')
    },
    async fill(target, text) {
      await reach(target)
      await keys.press('ControlOrMeta+A')
      await keys.insertText(text)
    },
    async choose(target, value) {
      await reach(target)
      const label = await target.evaluate(
        (list, wanted) =>
          [...(list as HTMLSelectElement).options].find((option) => option.value === wanted)?.textContent?.trim() ?? '',
        value,
      )
      await keys.type(label)
      await expect(target).toHaveValue(value)
    },
    async check(target) {
      if (await target.isChecked()) return
      const isRadio = (await target.getAttribute('type')) === 'radio'
      if (!isRadio) {
        await reach(target)
        return await keys.press('Space')
      }
      // Tab leads to the one of a group that is chosen, arrows to the others.
      const name = await target.getAttribute('name')
      await reach(page.locator(`input[type=radio][name="${name}"]:checked`))
      for (let stop = 0; stop < 10 && !(await target.isChecked()); stop++) await keys.press('ArrowDown')
      await expect(target).toBeChecked()
    },
    async time(target, at) {
      await reach(target)
      // Coming backwards, the focus is in its last part.
      while (await isFocused(target)) await keys.press('Shift+Tab')
      await keys.press('Tab')
      await keys.type(at.replace(':', ''))
      // The machine's language, not the page's, decides how the field counts hours.
      if ((await target.inputValue()) !== at) {
        const [hours, minutes] = at.split(':').map(Number) as [number, number]
        for (let part = 0; part < 3; part++) await keys.press('ArrowLeft')
        const twelve = String(hours % 12 || 12).padStart(2, '0')
        await keys.type(`${twelve}${String(minutes).padStart(2, '0')}${hours < 12 ? 'AM' : 'PM'}`)
      }
      await expect(target).toHaveValue(at)
      await keys.press('Tab')
    },
  }
}
