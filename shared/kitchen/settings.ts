import { z } from 'zod'
import { languages } from '../menu/menu.ts'
import { teachable } from './keys.ts'

/** How a kitchen screen is set up. Anything missing or wrong takes its default: a bad setting must not cost the board. */
export const screenSettings = z.object({
  language: z.enum(languages).nullable().catch(null).default(null),
  /** metres */
  distance: z.number().min(0.5).max(10).catch(3).default(3),
  /** inches */
  diagonal: z.number().min(7).max(100).catch(32).default(32),
  /** Categories of the menu whose tickets are shown; empty shows all. */
  categories: z.array(z.string()).max(40).catch([]).default([]),
  sound: z.boolean().catch(true).default(true),
  /** Loudness of tones and voice, 0 to 1. */
  volume: z.number().min(0).max(1).catch(0.8).default(0.8),
  speech: z.boolean().catch(true).default(true),
  /** Spoken commands, recognised on this device only. */
  voice: z.boolean().catch(false).default(false),
  /** Keys that were taught, by `KeyboardEvent.key`. */
  keys: z.record(z.string().max(32), z.enum(teachable)).catch({}).default({}),
  /** Seconds a page of the rotation stays; 0 pins: pages turn by key only. */
  dwell: z.number().min(0).max(30).catch(9).default(9),
})
export type ScreenSettings = z.infer<typeof screenSettings>
export const readSettings = (value: unknown): ScreenSettings => screenSettings.catch(() => screenSettings.parse({})).parse(value ?? {})
