/** Where a piece lies: centre in drawing units (the pizza's centre is 0,0), turn in degrees, and size. */
export interface Spot {
  x: number
  y: number
  turn: number
  scale: number
}

const radians = (degrees: number) => (degrees * Math.PI) / 180
/**
 * Hundredths: the last digit of sines differs between Node and browsers, and the page must equal what the server sent.
 */
const short = (value: number) => Math.round(value * 100) / 100

export function oval(x: number, y: number, rx: number, ry: number, turn = 0): string {
  const dx = Math.cos(radians(turn)) * rx
  const dy = Math.sin(radians(turn)) * rx
  const [one, other] = [`${short(x - dx)} ${short(y - dy)}`, `${short(x + dx)} ${short(y + dy)}`]
  return `M${one}A${rx} ${ry} ${turn} 1 1 ${other}A${rx} ${ry} ${turn} 1 1 ${one}Z`
}

export const circle = (x: number, y: number, r: number) => oval(x, y, r, r)

/** A closed soft outline through points at these distances from its centre, in order around it. */
export function blob(radii: number[], x = 0, y = 0): string {
  const points = radii.map((radius, index) => {
    const angle = (index / radii.length) * 2 * Math.PI
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius] as const
  })
  const at = (index: number) => points[(index + points.length) % points.length]!
  const curves = points.map((_, index) => {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)]
    // Catmull-Rom as Bézier: a sixth of the chord between the neighbours.
    const leaves = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6]
    const arrives = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6]
    return `C${[...leaves, ...arrives, ...to].map(short).join(' ')}`
  })
  return `M${short(at(0)[0])} ${short(at(0)[1])}${curves.join('')}Z`
}

/**
 * Small round dots of a layer's `width`: lines without length, whose round ends are the dot. That takes a third of the
 * text of a circle.
 */
export const dots = (...at: (readonly [x: number, y: number])[]) => at.map(([x, y]) => `M${x} ${y}L${x} ${y}`).join('')

interface Part {
  command: string
  arc: number[]
  at: number[]
}

const parse = (outline: string): Part[] =>
  (outline.match(/[A-Z][^A-Z]*/g) ?? []).map((part) => {
    const numbers = (part.slice(1).match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)
    return { command: part[0]!, arc: part[0] === 'A' ? numbers.splice(0, 5) : [], at: numbers }
  })

/**
 * The outline laid at each spot: turned, scaled, moved. The result is one path, so that all pieces of a topping are one
 * SVG node, however many there are. Knows M, L, Q, C, A and Z, all absolute, and returns relative tenths, because a
 * menu sends thirty pizzas to a phone.
 */
export function lay(outline: string, spots: readonly Spot[]): string {
  const parts = parse(outline)
  return spots.map((spot) => layOne(parts, spot)).join('')
}

function layOne(parts: Part[], spot: Spot): string {
  const cos = Math.cos(radians(spot.turn)) * spot.scale
  const sin = Math.sin(radians(spot.turn)) * spot.scale
  let [penX, penY, startX, startY] = [0, 0, 0, 0]
  let path = ''
  for (const { command, arc, at } of parts) {
    if (command === 'Z') {
      penX = startX
      penY = startY
      path += 'z'
      continue
    }
    const points: number[] = []
    for (let index = 0; index < at.length; index += 2) {
      const [x, y] = [at[index]!, at[index + 1]!]
      points.push(Math.round((spot.x + x * cos - y * sin) * 10), Math.round((spot.y + x * sin + y * cos) * 10))
    }
    const steps = points.map((value, index) => value - (index % 2 === 0 ? penX : penY))
    penX = points.at(-2)!
    penY = points.at(-1)!
    if (command === 'M') {
      startX = penX
      startY = penY
      path += `M${compact(points)}`
    } else if (command === 'L' && steps.every((step) => step === 0)) path += 'h0'
    else if (command === 'A') path += `a${compact([...arcOf(arc, spot), ...steps])}`
    else path += command.toLowerCase() + compact(steps)
  }
  return path
}

/** Radii, turn and flags of an arc, in tenths like everything else. */
function arcOf([rx = 0, ry = 0, turn = 0, large = 0, sweep = 0]: number[], spot: Spot): number[] {
  const radius = (value: number) => Math.max(1, Math.round(value * spot.scale * 10))
  return [radius(rx), radius(ry), rx === ry ? 0 : (Math.round(turn + spot.turn) % 180) * 10, large * 10, sweep * 10]
}

/** Tenths in SVG's shortest notation: `[5, -12, 30]` is `.5-1.2 3`. */
function compact(tenths: readonly number[]): string {
  let text = ''
  for (const tenth of tenths) {
    const number =
      Math.abs(tenth) < 10 && tenth !== 0 ? `${tenth < 0 ? '-' : ''}.${Math.abs(tenth)}` : String(tenth / 10)
    text += text && tenth >= 0 ? ` ${number}` : number
  }
  return text
}
