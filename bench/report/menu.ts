import { round } from '../lib/figures.ts'
import { atOnce, type MenuRow } from '../menu.ts'
import { table, type Section, type Target } from './section.ts'

export const menu: Section<MenuRow[]> = { title: 'The menu', text, targets }

/** What build 321a3f3 served on two cores of the machine of the trials. */
const before = 44

function text(rows: MenuRow[]): string[] {
  return [
    `The menu for visitors who are not signed in, compressed, over kept connections, ${atOnce} visitors at once; the ` +
      'load client runs on the same machine. Build 321a3f3 rendered the page for each of them, several times as ' +
      `large, and served ${before} a second.`,
    table(
      ['', 'per second', 'CPU (µs)', 'body (bytes)'],
      rows.map(({ name, perSecond, cpuMicros, bytes }) => [name, round(perSecond), round(cpuMicros), round(bytes)]),
    ),
  ]
}

function targets(rows: MenuRow[]): Target[] {
  const of = (name: string) => rows.find((row) => row.name === name)?.perSecond
  const [kept, rendered] = [of('from memory'), of('rendered for each')]
  if (!kept || !rendered) return []
  return [
    {
      what: 'anonymous menus per second, against rendering each in the same run',
      wanted: '≥ 20×',
      seen: `${(kept / rendered).toFixed(0)}×`,
      met: kept >= 20 * rendered,
    },
    {
      what: `anonymous menus per second, against the ${before} of build 321a3f3`,
      wanted: `≥ ${20 * before}`,
      seen: round(kept),
      met: kept >= 20 * before,
    },
  ]
}
