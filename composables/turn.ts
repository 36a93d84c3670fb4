/**
 * Lets the browser answer whatever waits (a tap, a paint), and goes on in a task of its own. A page begins with a tenth
 * of a second of work on a slow phone: in one piece it would look dead for as long.
 */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve))
