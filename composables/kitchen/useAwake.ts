/**
 * Keeps the display awake and the page full: the wake lock goes whenever the page is hidden, so it is taken again each
 * time; fullscreen needs a gesture, so every key takes it again. Kiosk browsers are full anyway.
 */
export function useAwake() {
  const lock = useWakeLock()
  const full = shallowRef(false)

  function look() {
    full.value = Boolean(document.fullscreenElement) || Math.abs(screen.height - window.innerHeight) <= 2
  }
  async function take() {
    if (document.visibilityState !== 'visible' || lock.isActive.value) return
    // Refused on plain HTTP and on an empty battery; the health card says so.
    await lock.request('screen').catch(() => {})
  }
  function fill() {
    void take()
    if (!document.fullscreenElement && document.fullscreenEnabled && !full.value)
      document.documentElement.requestFullscreen().catch(() => {})
  }

  onMounted(() => {
    look()
    void take()
  })
  if (import.meta.client) {
    useEventListener(window, 'resize', look)
    useEventListener(document, ['fullscreenchange', 'visibilitychange'], () => {
      look()
      void take()
    })
    // Escape leaves fullscreen on purpose.
    useEventListener(window, 'keydown', (event) => event.key !== 'Escape' && event.key !== 'F11' && fill())
    useIntervalFn(take, 15_000)
  }
  return { awake: lock.isActive, full }
}
