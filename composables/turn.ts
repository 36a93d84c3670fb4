/**
 * Lets the browser answer whatever waits (a tap, a paint), and goes on in a task of its own. A page begins with a tenth
 * of a second of work on a slow phone: in one piece it would look dead for as long.
 */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve))

/**
 * A turn in the setup of a page that wakes up: what stands before it and what stands after it are tasks of their own.
 * Nothing where the page is rendered by the server, or opened from another one.
 */
export const turnWhileWaking = async (): Promise<void> => {
  if (import.meta.client && useNuxtApp().isHydrating) await turn()
}
