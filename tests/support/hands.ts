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

/** More stops than any page has. */
const maxStops = 160
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
    const away = await target.evaluate(stopsTo)
    const key = away < 0 ? 'Shift+Tab' : 'Tab'
    // Most of the way at once: to ask at each stop whether this is it takes as long again.
    for (let stop = 0; stop < Math.abs(away); stop++) await keys.press(key)
    for (let stop = 0; stop < maxStops; stop++) {
      if (await isFocused(target)) return
      await keys.press(key)
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
