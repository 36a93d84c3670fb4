import { useEventListener } from '@vueuse/core'
import type { Note } from '#shared/lab/faults'
import type { LaneTally, TruthEvent } from '#shared/lab/record'
import {
  faultNames,
  isNaive,
  laneNames,
  readActs,
  readSwitches,
  writeSwitches,
  type ActName,
  type FaultName,
  type LaneName,
} from '#shared/lab/switches'
import { shownCells } from '#shared/lab/record'
import { createJudge } from '~/composables/lab/judge'
import { openNaiveLane, openOurLane, type Claim, type Lane } from '~/composables/lab/lanes'
import { openWire } from '~/composables/lab/wire'
import { sendCommand } from '~/composables/useCommand'

export interface LabFacts {
  stream: string
  redis: boolean
  pusher: 'carrier' | 'ours' | null
  key: string | null
  orders: { running: boolean }
}
export interface LaneView {
  name: LaneName
  isNaive: boolean
  claim: Claim
  tally: LaneTally
  notes: readonly Note[]
}

const tickMs = 250
/** A link's acts come when the lanes have begun to follow, ms. */
const actsAfterMs = 6_000
const nothing: LaneTally = {
  cells: [],
  position: 0,
  head: 0,
  missing: 0,
  healed: 0,
  doubled: 0,
  disordered: 0,
  asked: 0,
  silence: null,
}

/**
 * The laboratory: six lanes for as long as the page is open, the log beside them, and the switches, which stand in the
 * page's address.
 */
export function useLab(facts: LabFacts) {
  const { baseURL: base } = useRuntimeConfig().app
  const route = useRoute()
  const router = useRouter()
  const switches = computed(() => readSwitches(route.query))
  const truth = shallowRef<readonly TruthEvent[]>([])
  const head = shallowRef(0)
  const now = shallowRef(0)
  const isRunning = shallowRef(facts.orders.running)
  const views = shallowRef<LaneView[]>(
    laneNames.map((name) => ({
      name,
      isNaive: isNaive(name),
      claim: { name: 'connecting' },
      tally: nothing,
      notes: [],
    })),
  )
  let lanes: Lane[] = []
  /** What the lanes have been told. */
  const told = new Set<string>()
  let judge: ReturnType<typeof createJudge> | null = null
  let wire: ReturnType<typeof openWire> | null = null

  function look() {
    if (!judge) return
    apply()
    now.value = Date.now()
    // A lane may be quicker than the judge.
    head.value = Math.max(judge.head(), ...lanes.map(({ record }) => record.position()))
    truth.value = judge.truth.slice(-shownCells)
    views.value = lanes.map(({ name, record, notes, claim }) => ({
      name,
      isNaive: isNaive(name),
      claim: claim(),
      tally: record.tally(judge!.truth, head.value, Date.now()),
      notes: [...notes],
    }))
  }
  /** What is broken from the first moment on would be judged by nothing: a link's switches wait for the lanes. */
  const areReady = () => Date.now() > startedAt + actsAfterMs || lanes.every(({ record }) => record.hasBegun())
  function apply() {
    if (!areReady()) return
    for (const lane of lanes)
      for (const fault of faultNames) {
        const isOn = switches.value[fault].includes(lane.name)
        const what = `${lane.name} ${fault}`
        if (isOn === told.has(what)) continue
        told[isOn ? 'add' : 'delete'](what)
        lane.set(fault, isOn)
      }
  }

  async function send(act: 'orders' | 'rest' | 'doorbell' | 'epoch') {
    const result = await sendCommand('/api/lab', { method: 'POST', body: { act }, tries: 3 })
    if (result.name !== 'done') return
    if (act === 'orders' || act === 'rest') isRunning.value = act === 'orders'
  }
  async function act(name: ActName, only?: LaneName) {
    if (name !== 'restart') return await send(name)
    for (const lane of lanes) if (only === undefined || lane.name === only) lane.restart()
  }
  function toggle(fault: FaultName, named: readonly LaneName[]) {
    const before = switches.value[fault]
    const isOn = named.every((lane) => before.includes(lane))
    const after = laneNames.filter((lane) => (named.includes(lane) ? !isOn : before.includes(lane)))
    return router.replace({ query: writeSwitches({ ...switches.value, [fault]: after }) })
  }
  const clear = () => router.replace({ query: {} })

  let acting: ReturnType<typeof setTimeout> | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let startedAt = 0
  /** A link's acts, once; then they leave the address. */
  function actByLink() {
    const named = readActs(route.query)
    if (named.length === 0) return
    clearTimeout(acting)
    acting = setTimeout(
      async () => {
        for (const name of named) await act(name)
        await router.replace({ query: writeSwitches(switches.value) })
      },
      Math.max(0, startedAt + actsAfterMs - Date.now()),
    )
  }

  onMounted(() => {
    wire = openWire(base)
    judge = createJudge(base, facts.stream, look)
    const place = { base, ...facts, wire, nextHead: judge.nextHead }
    lanes = laneNames.map((name) =>
      name === 'redis' || name === 'pusher' ? openNaiveLane(name, place) : openOurLane(name, place),
    )
    startedAt = Date.now()
    timer = setInterval(look, tickMs)
    actByLink()
    if (!isRunning.value) void send('orders')
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    clearTimeout(acting)
    judge?.close()
    for (const lane of lanes) lane.close()
    wire?.close()
  })
  watch(switches, apply)
  watch(() => route.query.act, actByLink)
  if (import.meta.client) {
    useEventListener(window, 'online', () => lanes.forEach((lane) => lane.online()))
    useEventListener(
      document,
      'visibilitychange',
      () => document.visibilityState === 'visible' && lanes.forEach((lane) => lane.wake()),
    )
  }

  return { views, truth, head, now, switches, isRunning, toggle, act, clear, send }
}
