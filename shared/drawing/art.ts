/** One colour of a piece; outlines are in drawing units around 0,0 (the sauce's radius is 38). */
export interface Layer {
  outline: string
  fill?: string
  stroke?: string
  width?: number
  opacity?: number
}

/**
 * How a topping looks and lies. `ground` melts into the sauce and lies under everything, `slice` is laid on, `strewn`
 * is small and many, `leaf` comes last; `centre` is one piece in the middle (of its half).
 */
export interface Art {
  lie: 'ground' | 'slice' | 'strewn' | 'leaf' | 'centre'
  /** Pieces of a normal portion on a whole pizza. */
  count: number
  /** Radius of the circle around one piece. */
  radius: number
  /** The shapes that pieces take in turn; the first layer of each is its outline and casts the shadow. */
  looks: Layer[][]
  /** Casts no shadow. */
  flat?: boolean
}
