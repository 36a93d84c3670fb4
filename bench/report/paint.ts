import { round } from '../lib/figures.ts'
import type { PaintResult } from '../paint.ts'
import type { Section, Target } from './section.ts'

export const paint: Section<PaintResult> = { title: 'Commit to paint', text, targets }

function text(paint: PaintResult): string[] {
  return [
    `A kitchen page in Chromium (1920 × 1080, no GPU) with ${paint.openAtStart} open tickets, growing to ` +
      `${paint.openAtEnd}. From the answer to the order to the frame that counts it: median ` +
      `${round(paint.latency.p50)} ms, p99 ${round(paint.latency.p99)} ms; ${paint.painted} of ${paint.expected} ` +
      `painted; ${paint.longTasks} tasks over 50 ms, the longest ${round(paint.longestMs)} ms.`,
  ]
}

function targets(paint: PaintResult): Target[] {
  return [
    {
      what: 'commit to paint, p99',
      wanted: '< 150 ms',
      seen: `${round(paint.latency.p99)} ms`,
      met: paint.latency.p99 < 150 && paint.painted === paint.expected,
    },
  ]
}
