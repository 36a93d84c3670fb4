/** How far a reader of a pizzeria's log has come. */
export interface StoredCursor {
  reader: string
  pizzeria: string
  epoch: string
  position: number
  /** The node that reads, and until when nobody else does: ms since 1970. */
  holder: string
  heldUntil: number
}

/** How far the readers of the log have come. */
export interface CursorsTx {
  cursor(reader: string, pizzeria: string): Promise<StoredCursor | undefined>
  keepCursor(cursor: StoredCursor): Promise<void>
}
