/** A place in a stream's log: `epoch:position`. The epoch changes when the log is created or restored. */
export interface Cursor {
  epoch: string
  position: number
}
/** How many events one page of the log holds at most (`GET …/events`): after a full page there may be more. */
export const maxPageEvents = 500
export const formatCursor = ({ epoch, position }: Cursor) => `${epoch}:${position}`
