import { pino, type Logger } from 'pino'

export type { Logger }

/** Structured lines on standard output. Never a name, phone number, note, PIN or token: ids and codes only. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['pin', 'phone', 'customer', 'name', 'cookie', 'authorization', 'token', 'tracking'],
  })
