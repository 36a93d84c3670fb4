/** Asks again until the answer is yes (anything but false, null or undefined), and returns it. */
export async function until<T>(ask: () => Promise<T> | T, withinMs = 20_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== false && answer !== null && answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${ask}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
