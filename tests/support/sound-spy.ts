import type { BrowserContext, Page } from '@playwright/test'

export interface Heard {
  /** Every note that was started: Hz, and ms since 1970. */
  notes: { frequency: number; at: number }[]
  spoken: { text: string; language: string; at: number }[]
}

/**
 * Records what the page asks of Web Audio and Web Speech; both are called as usual. Test machines have no voices, and
 * some synthesizers then never report their end, so the spy reports it for them after a moment.
 */
export const spyOnSound = (context: BrowserContext) =>
  context.addInitScript(() => {
    const heard: { notes: unknown[]; spoken: unknown[] } = { notes: [], spoken: [] }
    Object.assign(window, { heard })
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (when) {
      heard.notes.push({ frequency: Math.round(this.frequency.value), at: Date.now() })
      return start.call(this, when)
    }
    const { speak } = SpeechSynthesis.prototype
    SpeechSynthesis.prototype.speak = function (utterance) {
      heard.spoken.push({ text: utterance.text, language: utterance.lang, at: Date.now() })
      setTimeout(() => utterance.dispatchEvent(new Event('end')), 50)
      return speak.call(this, utterance)
    }
  })

export const heardOn = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard }).heard)
/** Forgets what was recorded so far. */
export const hush = (page: Page) =>
  page.evaluate(() => Object.assign((window as unknown as { heard: Heard }).heard, { notes: [], spoken: [] }))
