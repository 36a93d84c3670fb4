import type { Text } from '#shared/menu/menu'
import { useText } from '~/composables/useText'

/** What a dish is called in the visitor's language; with a second name, a pizza of two halves. */
export function useDishName() {
  const { t } = useI18n()
  const text = useText()
  return (name: Text, half?: Text | null) =>
    half ? t('customer.halfAndHalf', { left: text(name), right: text(half) }) : text(name)
}
