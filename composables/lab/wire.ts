import type { Wire } from '#shared/lab/stand-in'

/** What the server publishes without a log, over one EventSource for all lanes that need it. */
export function openWire(base: string): Wire & { close(): void } {
  const source = new EventSource(`${base}api/lab/wire`)
  const hearers = new Set<(name: string, data: unknown) => void>()
  const cuts = new Set<() => void>()
  source.onmessage = ({ data }) => {
    const { name, data: message } = JSON.parse(String(data)) as { name: string; data: unknown }
    for (const hear of hearers) hear(name, message)
  }
  source.onerror = () => [...cuts].forEach((run) => run())
  const add = <T>(all: Set<T>, one: T) => {
    all.add(one)
    return () => void all.delete(one)
  }
  return {
    listen: (hear) => add(hearers, hear),
    onCut: (run) => add(cuts, run),
    isUp: () => source.readyState === EventSource.OPEN,
    close: () => source.close(),
  }
}
