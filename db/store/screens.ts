import type { Screen } from '../../shared/kitchen/screen.ts'

/** Kitchen screens. */
export interface ScreensTx {
  screens(pizzeria: string): Promise<Screen[]>
  screen(pizzeria: string, id: string): Promise<Screen | undefined>
  /** Writes what is given; a screen that is not known yet starts with the defaults. Returns it as it is then. */
  saveScreen(pizzeria: string, id: string, change: Partial<Omit<Screen, 'pizzeria' | 'id'>>): Promise<Screen>
  /** One that was taken away, and not dropped since. */
  removedScreen(pizzeria: string, id: string): Promise<(Screen & { removedAt: number }) | undefined>
  /** False: there was no such screen. */
  removeScreen(pizzeria: string, id: string, at: number): Promise<boolean>
  dropScreensRemovedBefore(pizzeria: string, time: number): Promise<void>
  /** Screens that count as connected but were not heard of since a time: also those of a node that died. */
  silentSince(time: number): Promise<Screen[]>
}
