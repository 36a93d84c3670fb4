import type { Ref } from 'vue'
import { tableWidth, type LetterWidth } from '#shared/kitchen/measure'

/** The kitchen's face, with what stands in for letters that it does not have. */
const families = '"Comanda Kitchen", "Bricolage Grotesque Variable", "Inter Variable", system-ui, sans-serif'
/** Measured this large, px: a canvas is exact to a fraction of a pixel. */
const large = 200

/**
 * The widths of letters: from the table while the page is drawn on the server and until the fonts are there, then from
 * a canvas with the real fonts. Each letter is measured once, outside the document, so nothing forces a layout.
 */
export function useLetters(): Readonly<Ref<LetterWidth>> {
  const letters = shallowRef<LetterWidth>(tableWidth)
  onMounted(() => {
    const measure = () => (letters.value = canvasWidth())
    void Promise.all([500, 700, 800].map((weight) => document.fonts.load(fontOf(weight)))).then(measure, measure)
    // A word may bring a script whose letters come in a file of their own.
    useEventListener(document.fonts, 'loadingdone', measure)
  })
  return letters
}

const fontOf = (weight: number) => `${weight} condensed ${large}px ${families}`

function canvasWidth(): LetterWidth {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return tableWidth
  const known = new Map<string, number>()
  return (letter, weight) => {
    const key = `${weight}${letter}`
    let width = known.get(key)
    if (width === undefined) {
      context.font = fontOf(weight)
      context.fontKerning = 'none'
      context.textRendering = 'geometricPrecision'
      known.set(key, (width = context.measureText(letter).width / large))
    }
    return width
  }
}
