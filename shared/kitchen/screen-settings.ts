import { z } from 'zod'
import { shares, stations } from '../order/duty.ts'
import { languages } from '../menu/words.ts'

/** How one kitchen screen is set up: once, from the counter or at the screen. */
export const screenSettings = z.object({
  language: z.enum(languages).default('en'),
  /** How far away it is read from, metres; with the diagonal it gives the size of type. */
  distance: z.number().min(0.5).max(8).default(3),
  /** Inches. */
  diagonal: z.number().min(7).max(100).default(32),
  /** Category ids whose lines it shows; empty: all. */
  categories: z.array(z.string().max(48)).max(50).default([]),
  /** Which station it stands at: the pizzas, or everything else. */
  station: z.enum(stations).default('all'),
  /** Of two screens at one station, each shows every other order, by its number. */
  share: z.enum(shares).default('all'),
  sound: z.boolean().default(true),
  voice: z.boolean().default(true),
  volume: z.number().min(0).max(1).default(0.8),
  /** Rotates through what does not fit, or stays on the first page. */
  rotate: z.boolean().default(true),
  /** `KeyboardEvent.code` of the learned pedal, or null. */
  pedal: z.string().max(40).nullable().default(null),
  voiceCommands: z.boolean().default(false),
})
export type ScreenSettings = z.infer<typeof screenSettings>
export const defaultScreenSettings: ScreenSettings = screenSettings.parse({})
