/** A note: frequency in Hz (0 is a rest), length in seconds. */
export type Note = readonly [frequency: number, length: number]
export interface Tone {
  wave: 'sine' | 'square' | 'sawtooth' | 'triangle'
  notes: readonly Note[]
  /** 0 to 1 */ loudness: number
  /** Seconds in which each note dies away like a bell's; without it a note is held for its length. */
  decay?: number
}

/** `pitch` multiplies the frequencies. */
const alarmNotes = (pitch: number): Note[] =>
  Array.from({ length: 6 }, (_, index) => [(index % 2 ? 622 : 932) * pitch, 0.18] as const)

/**
 * One tone for each kind of event, told apart by melody and timbre, over the noise of a hood and an oven (kitchens were
 * measured at up to 104 dB): fundamentals between 500 and 2,000 Hz, where hearing is keen and small speakers can
 * follow.
 */
export const tones = {
  /** A rising doorbell: somebody ordered. */
  new: {
    wave: 'triangle',
    loudness: 0.9,
    notes: [
      [784, 0.14],
      [988, 0.14],
      [1319, 0.34],
    ],
  },
  /** The same note twice, then a step up: look again. */
  changed: {
    wave: 'square',
    loudness: 0.4,
    notes: [
      [880, 0.1],
      [0, 0.06],
      [880, 0.1],
      [0, 0.06],
      [1175, 0.24],
    ],
  },
  /** Falling: stop. */
  cancelled: {
    wave: 'sawtooth',
    loudness: 0.5,
    notes: [
      [988, 0.18],
      [740, 0.18],
      [494, 0.42],
    ],
  },
  /** Up, down, up: it comes back. */
  recalled: {
    wave: 'triangle',
    loudness: 0.8,
    notes: [
      [659, 0.14],
      [1047, 0.14],
      [659, 0.14],
      [1047, 0.3],
    ],
  },
  /** Down and up again: it is not over, it stays. */
  undone: {
    wave: 'triangle',
    loudness: 0.8,
    notes: [
      [1047, 0.12],
      [784, 0.12],
      [1047, 0.3],
    ],
  },
  /** Three short ones: late. */
  late: {
    wave: 'square',
    loudness: 0.5,
    notes: [
      [1568, 0.09],
      [0, 0.08],
      [1568, 0.09],
      [0, 0.08],
      [1568, 0.2],
    ],
  },
  /** Two alternating tones, like an ambulance: the screen's news is out of date. */
  lost: {
    wave: 'sawtooth',
    loudness: 0.6,
    notes: [
      [622, 0.3],
      [523, 0.3],
      [622, 0.3],
      [523, 0.5],
    ],
  },
  /** Home again. */
  restored: {
    wave: 'sine',
    loudness: 0.7,
    notes: [
      [523, 0.12],
      [659, 0.12],
      [784, 0.24],
    ],
  },
  /** The counter's bell. */
  bell: {
    wave: 'triangle',
    loudness: 1,
    notes: [
      [1319, 0.1],
      [1047, 0.1],
      [1319, 0.1],
      [1047, 0.1],
      [1319, 0.1],
      [1047, 0.4],
    ],
  },
  /** Two falling tones, three times, unlike any telephone, till or oven timer: the kitchen does not show an order. */
  alarm: { wave: 'triangle', loudness: 0.3, decay: 0.17, notes: alarmNotes(1) },
  /** The same, harsher and higher: it has lasted for long. */
  alarmLouder: { wave: 'square', loudness: 0.5, decay: 0.17, notes: alarmNotes(1.25) },
  /** A rising arpeggio of soft bells: your order is ready. */
  orderReady: {
    wave: 'sine',
    loudness: 0.25,
    decay: 1.2,
    notes: [
      [523, 0.16],
      [659, 0.16],
      [784, 0.16],
      [1047, 0.16],
    ],
  },
  /** One bell: this is the sound that will tell you. */
  armed: { wave: 'sine', loudness: 0.25, decay: 1.2, notes: [[660, 0.16]] },
  /** A click for the pedal: heard and understood. */
  tick: { wave: 'sine', loudness: 0.35, notes: [[1200, 0.05]] },
  done: {
    wave: 'sine',
    loudness: 0.5,
    notes: [
      [880, 0.07],
      [1319, 0.12],
    ],
  },
  undo: {
    wave: 'sine',
    loudness: 0.5,
    notes: [
      [880, 0.07],
      [587, 0.14],
    ],
  },
  /** At the start: soft, and a proof that sound works. */
  test: {
    wave: 'sine',
    loudness: 0.15,
    notes: [
      [784, 0.1],
      [1047, 0.12],
    ],
  },
} as const satisfies Record<string, Tone>

export type ToneName = keyof typeof tones

/** Seconds. */
export const lengthOf = (tone: Tone) => tone.notes.reduce((sum, [, length]) => sum + length, 0)
