/**
 * When the server sent this page, by its clock (ISO 8601), or undefined where the browser does not say. A page from the
 * server's memory is older than its answer, so the time travels in a header (`Server-Timing`).
 */
export function servedAt(): string | undefined {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  // Going back brings an answer that the browser kept.
  if (!page || page.type === 'back_forward') return undefined
  const stamp = page.serverTiming?.find(({ name }) => name === 'served')?.duration
  return stamp ? new Date(stamp).toISOString() : undefined
}
