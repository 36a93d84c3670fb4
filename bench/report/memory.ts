import { round } from '../lib/figures.ts'
import type { MemoryRow } from '../memory.ts'
import { peerNames } from './peers.ts'
import { table, thousands, type Section } from './section.ts'

export const memory: Section<MemoryRow[]> = { title: 'Memory', text }

function text(rows: MemoryRow[]): string[] {
  const text = ({ before, after, clients }: MemoryRow) =>
    `${Math.round(before / 2 ** 20)} → ${Math.round(after / 2 ** 20)} (${round((after - before) / 1024 / clients)})`
  const [counts, all] = [[...new Set(rows.map((row) => row.clients))], [...new Set(rows.map((row) => row.peer))]]
  return [
    'Resident memory of a server that has just started, before and after everybody has connected, MB; in brackets ' +
      'its growth for each, KB. A server that tidies up meanwhile seems to need less.',
    table(
      ['', ...counts.map((count) => `${thousands(count)} connections`)],
      all.map((peer) => [
        peerNames[peer],
        ...counts.map((count) => text(rows.find((row) => row.peer === peer && row.clients === count)!)),
      ]),
    ),
  ]
}
