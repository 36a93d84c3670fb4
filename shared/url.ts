/** An absolute address, or null where the text is none. `URL.canParse` is younger than the oldest browsers (README). */
export function readUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
