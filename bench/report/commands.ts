import type { CommandRow } from '../commands.ts'
import { round } from '../lib/figures.ts'
import { table, type Section } from './section.ts'

export const commands: Section<CommandRow[]> = { title: 'Commands', text }

function text(rows: CommandRow[]): string[] {
  return [
    'What one costs the server, over HTTP, flushed where it writes.',
    table(
      ['', 'at once', 'CPU (µs)', 'per second'],
      rows.map(({ name, atOnce, cpuMicros, perSecond }) => [name, String(atOnce), round(cpuMicros), round(perSecond)]),
    ),
  ]
}
