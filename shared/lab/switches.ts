/** The lanes of the laboratory, as they stand on the page; the first three and the last are ours. */
export const laneNames = ['websocket', 'sse', 'polling', 'redis', 'pusher', 'carrier'] as const
export type LaneName = (typeof laneNames)[number]
export const isNaive = (lane: LaneName) => lane === 'redis' || lane === 'pusher'

/** What can be wrong with a lane for as long as one likes. */
export const faultNames = ['cut', 'freeze', 'delay', 'drop', 'double', 'reorder'] as const
export type FaultName = (typeof faultNames)[number]

/** What happens once: to every lane, at the server, or to its database. */
export const actNames = ['restart', 'doorbell', 'epoch'] as const
export type ActName = (typeof actNames)[number]

export type Switches = Record<FaultName, LaneName[]>
export const noSwitches = (): Switches =>
  Object.fromEntries(faultNames.map((fault) => [fault, [] as LaneName[]])) as Switches

/** What a link sets: `?cut=redis,pusher&drop=all`. What it does not know is ignored. */
export function readSwitches(query: Record<string, unknown>): Switches {
  const switches = noSwitches()
  for (const fault of faultNames) {
    const named = String(query[fault] ?? '').split(',')
    switches[fault] = laneNames.filter((lane) => named.includes('all') || named.includes(lane))
  }
  return switches
}

/** The same as a query. */
export const writeSwitches = (switches: Switches): Record<string, string> =>
  Object.fromEntries(
    faultNames
      .filter((fault) => switches[fault].length > 0)
      .map((fault) => [fault, switches[fault].length === laneNames.length ? 'all' : switches[fault].join(',')]),
  )

/** `?act=doorbell`: what a link does once, when the lanes follow. */
export const readActs = (query: Record<string, unknown>): ActName[] => {
  const named = String(query.act ?? '').split(',')
  return actNames.filter((act) => named.includes(act))
}
