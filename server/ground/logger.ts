import { pino, stdSerializers, type Logger } from 'pino'

export type { Logger }

/**
 * A request's path as it may be logged: without its query, and without what is long enough to be a key, such as the
 * tracking id of somebody's order.
 */
export const pathWithoutIds = (path: string) =>
  path
    .replace(/[?#].*$/s, '')
    .replaceAll(/[^/]{17,}/g, '…')
    .slice(0, 120)

/** An error without what was asked of the database: its parameters are names, phone numbers and tracking ids. */
function serializeError(error: Error) {
  const { message, stack, ...rest } = stdSerializers.err(error)
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  const [first = ''] = message.split('\nparams:')
  return { type: rest.type, code: (error as { code?: unknown }).code, message: first, cause, stack: frames(stack) }
}
const frames = (stack = '') =>
  stack
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .join('\n')

/** Structured lines on standard output. Never a name, phone number, note, PIN or token: ids and codes only. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
    redact: ['pin', 'phone', 'customer', 'name', 'cookie', 'authorization', 'token', 'tracking'],
  })
