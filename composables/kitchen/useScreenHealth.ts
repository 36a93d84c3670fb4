import type { Ref } from 'vue'
import type { Duty } from '#shared/order/duty'
import type { ScreenReport } from '#shared/order/views'
import type { LiveStream } from '~/composables/useLiveStream'

interface Options {
  live: Pick<LiveStream, 'report' | 'status'>
  audio: Ref<ScreenReport['audio']>
  awake: Ref<boolean>
  full: Ref<boolean>
  page: Readonly<Ref<{ page: number; of: number }>>
  duty: Readonly<Ref<Duty>>
}

const everyMs = 8_000

/** Tells the counter how this screen is: every 8 s, and at once when something that matters has changed. */
export function useScreenHealth({ live, audio, awake, full, page, duty }: Options) {
  const { build } = useRuntimeConfig().public
  const visibility = useDocumentVisibility()

  function report() {
    const status = live.status.value
    live.report({
      audio: audio.value,
      wakeLock: awake.value,
      visible: visibility.value === 'visible',
      fullscreen: full.value,
      page: `${page.value.page}/${page.value.of}`,
      build,
      duty: duty.value,
      transport: 'transport' in status ? status.transport : '',
    })
  }
  if (import.meta.server) return
  useIntervalFn(report, everyMs)
  watch([audio, awake, full, visibility, duty, () => live.status.value.name === 'live'], report)
}
