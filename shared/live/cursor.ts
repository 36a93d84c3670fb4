/** A place in a stream's log: `epoch:position`. The epoch changes when the log is created or restored. */
export interface Cursor {
  epoch: string
  position: number
}
export const formatCursor = ({ epoch, position }: Cursor) => `${epoch}:${position}`
