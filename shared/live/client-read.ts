import type { Down } from './messages.ts'
import { down } from './messages.ts'

/** A message, or null for whatever is none of ours: unknown kinds, broken text, a captive portal's page (MSG-1). */
export function readDown(text: string): Down | null {
  try {
    return down.safeParse(JSON.parse(text)).data ?? null
  }
  catch { return null }
}
