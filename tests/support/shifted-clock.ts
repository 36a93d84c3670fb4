/**
 * Preloaded into a server under test (`startServer({ at })`): its clock starts at `COMANDA_TEST_CLOCK` (ms since 1970)
 * and runs from there at normal speed. Timers and `performance.now()` are unchanged. `SIGUSR2` puts it forward by an
 * hour, as somebody does who sets the clock of a running machine.
 */
let shift = Number(process.env.COMANDA_TEST_CLOCK) - Date.now()
const now = () => RealDate.now() + shift
const RealDate = Date

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, as) => Reflect.construct(target, given.length > 0 ? given : [now()], as) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
})
process.on('SIGUSR2', () => {
  shift += 3_600_000
})
