/** A one-time link that opens a pizzeria. */
export interface Setup {
  tokenHash: string
  expiresAt: number
  usedAt: number | null
  /** The pizzeria that it has opened. */
  pizzeria: string | null
}

/** One-time links that open a pizzeria. */
export interface SetupsTx {
  setup(tokenHash: string): Promise<Setup | undefined>
  /** A new link, or an unused one that lasts longer now; a used one MUST stay used. */
  keepSetup(tokenHash: string, expiresAt: number): Promise<void>
  /** Uses it up; false when somebody was first. */
  useSetup(tokenHash: string, pizzeria: string, at: number): Promise<boolean>
}
