import type { Failure } from '~/composables/useCommand'
import { useErrorText } from '~/composables/useErrorText'

/** What kept a manager's command from being done, in words. */
export function useFailureText() {
  const { t } = useI18n()
  const errorText = useErrorText()
  return (failure: Failure) => (failure.name === 'unanswered' ? t('manage.unanswered') : errorText(failure.code))
}
