import type { Ref } from 'vue'

/** 0 quiet; 2 an order is not proved shown for 45 s; 3 for 90 s: louder, and in words. */
export type AlarmLevel = 0 | 2 | 3

const everyMs = { 2: 5000, 3: 4000 }
const quietMs = 60_000

/**
 * The counter's red alarm. Sounds until nothing is missing or somebody asks for quiet, which lasts a minute or until
 * it gets worse. A browser lets a page sound only after a gesture: `armed` says whether it would be heard.
 */
export function useAlarm(level: Ref<AlarmLevel>, words: () => { text: string; language: string }) {
  let context: AudioContext | null = null
  const armed = ref(false)
  const quietUntil = ref(0)

  async function arm() {
    context ??= new AudioContext()
    await context.resume().catch(() => {})
    armed.value = context.state === 'running'
  }

  function ring() {
    if (level.value === 0 || Date.now() < quietUntil.value) return
    if (context && context.state === 'running') tones(context, level.value)
    if (level.value === 3) say(words())
    navigator.vibrate?.([200, 100, 200])
  }

  const quiet = () => {
    quietUntil.value = Date.now() + quietMs
  }

  if (import.meta.client) {
    useEventListener(
      window,
      ['pointerdown', 'keydown'],
      () => {
        if (!armed.value) void arm()
      },
      { passive: true },
    )
    let timer: ReturnType<typeof setInterval> | undefined
    watch(
      level,
      (now, before) => {
        clearInterval(timer)
        if (now === 0) return
        if (now > (before ?? 0)) quietUntil.value = 0
        ring()
        timer = setInterval(ring, everyMs[now])
      },
      { immediate: true },
    )
    onScopeDispose(() => {
      clearInterval(timer)
      void context?.close()
    })
  }

  return { armed, arm, quiet, quietUntil }
}

/** Two falling tones, three times: unlike any telephone, till or oven timer. Louder and higher at level 3. */
function tones(context: AudioContext, level: 2 | 3) {
  const start = context.currentTime + 0.02
  for (let index = 0; index < 6; index++) {
    const tone = context.createOscillator()
    const gain = context.createGain()
    tone.type = level === 3 ? 'square' : 'triangle'
    tone.frequency.value = (index % 2 ? 622 : 932) * (level === 3 ? 1.25 : 1)
    const at = start + index * 0.18
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(level === 3 ? 0.5 : 0.3, at + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.17)
    tone.connect(gain).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.18)
  }
}

function say({ text, language }: { text: string; language: string }) {
  if (!('speechSynthesis' in window)) return
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = language
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}
