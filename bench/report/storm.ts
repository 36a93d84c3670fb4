import { round } from '../lib/figures.ts'
import type { StormResult } from '../storm.ts'
import { thousands, type Section, type Target } from './section.ts'

export const storm: Section<StormResult> = { title: 'Reconnect storm', text, targets }

function text(storm: StormResult): string[] {
  return [
    storm.name === 'back'
      ? `\`kill -9\` under ${thousands(storm.clients)} clients, restarted on the same port and ` +
        `database. From the server's return all were live and at its head after ${round(storm.seconds)} s (half ` +
        `of them after ${round(storm.eachSeconds.p50)} s, 99 in 100 after ${round(storm.eachSeconds.p99)} s). ` +
        `Positions doubled: ${storm.doubled}; left out: ${storm.holes}.`
      : `After a minute ${storm.live} of ${storm.clients} were live and ${storm.correct} correct.`,
  ]
}

function targets(storm: StormResult): Target[] {
  const good = storm.name === 'back' && storm.doubled === 0 && storm.holes === 0
  return [
    {
      what: `after \`kill -9\`, ${thousands(storm.clients)} clients live and correct`,
      wanted: '≤ 10 s',
      seen: storm.name === 'back' ? `${storm.seconds.toFixed(1)} s` : 'not within a minute',
      met: good && storm.seconds <= 10,
    },
  ]
}
