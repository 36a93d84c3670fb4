import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What an operator looks at; names and units follow Prometheus' conventions. */
export function createMetrics() {
  const registry = new Registry()
  // The delay of the event loop is measured by a timer (ms). At the usual 10 ms it would be most of the work of an idle
  // server.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })
  const registers = [registry]
  return {
    registry,
    connections: new Gauge({
      name: 'comanda_connections',
      help: 'Open live connections by transport and audience',
      labelNames: ['transport', 'audience'],
      registers,
    }),
    commitToSend: new Histogram({
      name: 'comanda_commit_to_send_seconds',
      help: "From an event's time to its hand-over to the sockets",
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    commitToShown: new Histogram({
      name: 'comanda_commit_to_shown_seconds',
      help: "From an order's arrival to the proof that a kitchen screen painted it",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45, 90],
      registers,
    }),
    events: new Counter({ name: 'comanda_events_total', help: 'Events taken from the log by the hub', registers }),
    deliveries: new Counter({ name: 'comanda_deliveries_total', help: 'Events handed to connections', registers }),
    resumes: new Counter({ name: 'comanda_resumes_total', help: 'Connections that went on from a cursor', registers }),
    resyncs: new Counter({
      name: 'comanda_resyncs_total',
      help: 'Cursors that could not be used, by reason',
      labelNames: ['reason'],
      registers,
    }),
    holes: new Counter({
      name: 'comanda_holes_total',
      help: 'Doorbells that came out of order or not at all, so that the log was read',
      registers,
    }),
    duplicates: new Counter({
      name: 'comanda_duplicate_doorbells_total',
      help: 'Doorbells for what was known already',
      registers,
    }),
    busLost: new Counter({
      name: 'comanda_bus_lost_total',
      help: 'Words between nodes that could not be sent or read',
      registers,
    }),
    pulls: new Counter({ name: 'comanda_pulls_total', help: 'Holes that clients saw', registers }),
    buffered: new Gauge({ name: 'comanda_buffered_bytes', help: 'Bytes waiting in all live connections', registers }),
    slowCloses: new Counter({
      name: 'comanda_slow_closes_total',
      help: 'Connections closed because they did not keep up',
      registers,
    }),
    pushes: new Counter({
      name: 'comanda_pushes_total',
      help: 'Messages handed to the push services of browsers, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    refusedUpgrades: new Counter({
      name: 'comanda_refused_upgrades_total',
      help: 'WebSocket upgrades refused, by status',
      labelNames: ['status'],
      registers,
    }),
    unprojectable: new Counter({
      name: 'comanda_unprojectable_events_total',
      help: 'Events sent as their position alone because they could not be projected, by audience',
      labelNames: ['audience'],
      registers,
    }),
    orders: new Counter({ name: 'comanda_orders_total', help: 'Orders placed', registers }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
