import { createHash } from 'node:crypto'

const inlineScript = /<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/gi
/** Data for scripts to read; the browser never runs it. */
const data = /\stype="application\/(?:ld\+)?json"/

const maxKept = 200
/** The same few scripts stand in every page: their hashes are worked out once. */
const kept = new Map<string, string>()

function hashOf(script: string): string {
  const known = kept.get(script)
  if (known) return known
  if (kept.size >= maxKept) kept.clear()
  const made = `'sha256-${createHash('sha256').update(script).digest('base64')}'`
  kept.set(script, made)
  return made
}

/** The inline scripts that may run, as sources of a Content-Security-Policy. */
export const scriptHashes = (parts: string[]): Set<string> =>
  new Set(
    parts
      .flatMap((part) => [...part.matchAll(inlineScript)])
      .filter(([, attributes = '']) => !data.test(attributes))
      .map(([, , script = '']) => hashOf(script)),
  )
