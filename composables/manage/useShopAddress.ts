import { text } from '#shared/live/client/checks'
import { sendCommand } from '~/composables/useCommand'
import { useKept } from '~/composables/useKept'

/**
 * The address under which a phone in the shop reaches this site: the one of this page, or, where that is localhost, one
 * of the machine's own. The person may write another; it is kept on this device.
 */
export function useShopAddress(pizzeria: string) {
  const own = useKept<string>(`comanda:address:${pizzeria}`, text, '')
  const found = shallowRef<string[]>([])
  onMounted(async () => {
    const path = `/api/pizzerias/${pizzeria}/addresses`
    const result = await sendCommand<{ addresses: string[] }>(path, { method: 'GET', tries: 3 })
    found.value = result.name === 'done' ? result.data.addresses : [`${window.location.origin}/`]
  })
  /** It ends with a slash. */
  const site = computed(() => (own.value || found.value[0] || '').replace(/\/*$/, '/'))
  /** A page of this site, as it stands on a QR code. */
  const at = (path: string) => `${site.value}${path.replace(/^\//, '')}`
  return { own, found, site, at }
}
