import type { Mode } from '#shared/order/modes'

/** Where staff bring an order, in a word or two. A mode that only a newer build knows is shown by its own name. */
export function useModeWords() {
  const { t } = useI18n()
  const words: Record<Mode, (table: string) => string> = {
    pickup: () => t('counter.mode.pickup'),
    table: (table) => t('counter.mode.table', { table }),
  }
  return ({ mode, table }: { mode: Mode; table: string | null }) => words[mode]?.(table ?? '?') ?? mode
}
