/** Where a piece lies: centre in drawing units (the pizza's centre is 0,0), turn in degrees, and size. */
export interface Spot { x: number, y: number, turn: number, scale: number }

const radians = (degrees: number) => degrees * Math.PI / 180
export function oval(x: number, y: number, rx: number, ry: number, turn = 0): string {
  const dx = Math.cos(radians(turn)) * rx
  const dy = Math.sin(radians(turn)) * rx
  return `M${x - dx} ${y - dy}A${rx} ${ry} ${turn} 1 1 ${x + dx} ${y + dy}A${rx} ${ry} ${turn} 1 1 ${x - dx} ${y - dy}Z`
}

export const circle = (x: number, y: number, r: number) => oval(x, y, r, r)

/** A closed soft outline through points at these distances from its centre, one after another around it. */
export function blob(radii: number[], x = 0, y = 0): string {
  const points = radii.map((radius, index) => {
    const angle = index / radii.length * 2 * Math.PI
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius] as const
  })
  const at = (index: number) => points[(index + points.length) % points.length]!
  const curves = points.map((_, index) => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)]
    // Catmull-Rom as Bézier: a sixth of the chord between the neighbours.
    return `C${from[0] + (to[0] - before[0]) / 6} ${from[1] + (to[1] - before[1]) / 6} ${to[0] - (after[0] - from[0]) / 6} ${to[1] - (after[1] - from[1]) / 6} ${to[0]} ${to[1]}`
  })
  return `M${at(0)[0]} ${at(0)[1]}${curves.join('')}Z`
}

/** Small round dots of a layer's `width`: lines without length, whose round ends are the dot. A third of a circle's text. */
export const dots = (...at: (readonly [x: number, y: number])[]) => at.map(([x, y]) => `M${x} ${y}L${x} ${y}`).join('')

/**
 * The outline laid at a spot: turned, scaled, moved. It is written into the path itself, so that all pieces
 * of a topping are one SVG node, however many there are. Knows M, L, Q, C, A and Z, all absolute, and answers
 * in relative tenths: a menu sends thirty pizzas to a phone, and this halves them.
 */
export function lay(outline: string, spot: Spot): string {
  const cos = Math.cos(radians(spot.turn)) * spot.scale
  const sin = Math.sin(radians(spot.turn)) * spot.scale
  const point = (x: number, y: number) => [Math.round((spot.x + x * cos - y * sin) * 10), Math.round((spot.y + x * sin + y * cos) * 10)] as const
  let pen: readonly [number, number] = [0, 0]
  let start = pen
  return (outline.match(/[A-Z][^A-Z]*/g) ?? []).map((part) => {
    const numbers = (part.slice(1).match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)
    const command = part[0]!
    if (command === 'Z') {
      pen = start
      return 'z'
    }
    const arc = command === 'A' ? numbers.splice(0, 5) : []
    const points: (readonly [number, number])[] = []
    for (let index = 0; index < numbers.length; index += 2) points.push(point(numbers[index]!, numbers[index + 1]!))
    const from = pen
    pen = points.at(-1)!
    if (command === 'M') {
      start = pen
      return `M${compact(pen)}`
    }
    const steps = points.flatMap(([x, y]) => [x - from[0], y - from[1]])
    if (command === 'L' && steps.every(step => step === 0)) return 'h0'
    if (command !== 'A') return command.toLowerCase() + compact(steps)
    const [rx, ry, turn, large, sweep] = arc as [number, number, number, number, number]
    const radii = [rx, ry].map(radius => Math.max(1, Math.round(radius * spot.scale * 10)))
    return `a${compact([...radii, rx === ry ? 0 : Math.round(turn + spot.turn) % 180 * 10, large * 10, sweep * 10, ...steps])}`
  }).join('')
}

/** Tenths as SVG's shortest numbers: `[5, -12, 30]` is `.5-1.2 3`. */
function compact(tenths: readonly number[]): string {
  return tenths.map(tenth => String(tenth / 10).replace(/^(-?)0\./, '$1.')).reduce((text, next) => `${text}${next.startsWith('-') ? '' : ' '}${next}`)
}
