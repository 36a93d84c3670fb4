import { commands } from './report/commands.ts'
import { durable } from './report/durable.ts'
import { fanout } from './report/fanout.ts'
import { history } from './report/history.ts'
import { lighthouse } from './report/lighthouse.ts'
import { memory } from './report/memory.ts'
import { menu } from './report/menu.ts'
import { nodes } from './report/nodes.ts'
import { paint } from './report/paint.ts'
import { postgres } from './report/postgres.ts'
import { pusher } from './report/pusher.ts'
import { rail } from './report/rail.ts'
import { saturated } from './report/saturated.ts'
import { table, type Run, type Section } from './report/section.ts'
import { storm } from './report/storm.ts'

/** The sections of the page, in its order. */
const sections = {
  fanout,
  memory,
  durable,
  storm,
  paint,
  commands,
  history,
  rail,
  menu,
  lighthouse,
  pusher,
  postgres,
  nodes,
  saturated,
}
export type SectionName = keyof typeof sections
export const sectionNames = Object.keys(sections) as SectionName[]

type Results = { [Name in SectionName]: (typeof sections)[Name] extends Section<infer Result> ? Result : never }
/** In this form the compiler knows that each section takes the result of the same name. */
const byName: { [Name in SectionName]: Section<Results[Name]> } = sections

/** Each section comes from one run; two sections may come from two runs. */
export type Report = { [Name in SectionName]?: Run & { result: Results[Name] } }

/** The whole page: what was measured, and whether it meets what was promised. */
export function toMarkdown(report: Report): string {
  const parts = sectionNames.flatMap((name) => partOf(report, name) ?? [])
  return `${[
    '# Benchmarks',
    'Made by `npm run bench` from [benchmarks.json](benchmarks.json); do not edit. How each figure is taken, and ' +
      'what it does not say: [bench/README.md](../bench/README.md). Read the ratios: all peers of a section ran ' +
      "in turn on the same machine in the same run; absolute figures are this machine's.",
    '## Targets',
    table(
      ['target', 'wanted', 'seen', ''],
      parts
        .flatMap(({ targets }) => targets)
        .map(({ what, wanted, seen, met }) => [
          what,
          wanted,
          seen,
          met === null ? 'not here' : met ? 'PASS' : '**FAIL**',
        ]),
    ),
    ...parts.flatMap(({ text }) => text),
  ].join('\n\n')}\n`
}

/** What the page says of a section; undefined: it was not measured. */
function partOf<Name extends SectionName>(report: Report, name: Name) {
  const measured = report[name]
  const { title, text, targets }: Section<Results[Name]> = byName[name]
  return (
    measured && {
      text: [`## ${title}`, runText(measured), ...text(measured.result)],
      targets: targets?.(measured.result, measured) ?? [],
    }
  )
}

function runText({ at, command, machine, versions }: Run): string {
  const busy =
    machine.load > machine.cores / 2
      ? ` The load average was ${machine.load.toFixed(1)} before: other work may have run.`
      : ''
  return (
    `${at.slice(0, 16).replace('T', ' ')} UTC, \`${command}\`. ${machine.cpu}, ${machine.cores} cores, ` +
    `${machine.memoryGb} GB, ${machine.system}. ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.${busy}`
  )
}
