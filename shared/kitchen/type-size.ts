/** Where a screen hangs and how large it is: all that the type size follows from. */
export interface Viewing {
  /** metres from the eyes */ distance: number
  /** inches */ diagonal: number
  /** CSS pixels */ width: number
  height: number
}

const arcMinutes = 20
/** Height of a capital letter in Bricolage Grotesque, in em, as a browser draws it. */
export const capHeight = 0.672

/**
 * The font size (CSS px) whose capitals subtend 20 arc minutes: what people like to read at a glance
 * (FAA Human Factors, 20 to 22 preferred, 16 the least). At 3 m on a 32-inch 1080p screen: 70 px.
 */
export function typeSize({ distance, diagonal, width, height }: Viewing): number {
  const capMm = 2 * distance * 1000 * Math.tan(((arcMinutes / 60 / 2) * Math.PI) / 180)
  const pixelMm = (diagonal * 25.4) / Math.hypot(width, height)
  return capMm / pixelMm / capHeight
}
