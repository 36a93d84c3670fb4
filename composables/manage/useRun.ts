import type { CommandResult } from '~/composables/useCommand'
import { useFailureText } from '~/composables/manage/useFailureText'

/** Runs the commands of a list that is read again after each. `trouble`: why the last one was not done, in words. */
export function useRun(refresh: () => Promise<unknown>) {
  const failureText = useFailureText()
  const trouble = ref('')
  /** What the command answered; null when it was not done. */
  async function run<T>(command: Promise<CommandResult<T>>): Promise<T | null> {
    trouble.value = ''
    const result = await command
    await refresh()
    if (result.name === 'done') return result.data
    trouble.value = failureText(result)
    return null
  }
  return { trouble, run }
}
