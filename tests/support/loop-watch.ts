/**
 * Preloaded into a server under test (`watchLoop` in `loop-held.ts`): measures how long its event loop was held at
 * most. SIGUSR2 asks for the figures since the last question: one line of JSON on stderr.
 */
const everyMs = 5
/** CPU time of this thread alone so far, ms: what else runs on the machine does not count. */
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
let at = performance.now()
let cpu = cpuMs()
let longest = { wallMs: 0, cpuMs: 0 }

function look() {
  const [now, used] = [performance.now(), cpuMs()]
  longest = { wallMs: Math.max(longest.wallMs, now - at - everyMs), cpuMs: Math.max(longest.cpuMs, used - cpu) }
  ;[at, cpu] = [now, used]
}

setInterval(look, everyMs).unref()
process.on('SIGUSR2', () => {
  look()
  process.stderr.write(`${JSON.stringify({ loopHeld: longest })}\n`)
  longest = { wallMs: 0, cpuMs: 0 }
})
