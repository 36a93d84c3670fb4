import { sendCommand } from '~/composables/useCommand'

export type SignInResult =
  { name: 'in' } | { name: 'wrong' } | { name: 'slow'; /** s */ wait: number } | { name: 'offline' }

/** Why the PIN pad is shown: nobody has signed in yet, somebody signed out here, or the session ended elsewhere. */
export type SignedOutReason = 'first' | 'left' | 'ended' | 'role'

/**
 * Who is signed in at the counter. The cookie belongs to the browser and the pizzeria: a session of another pizzeria,
 * or a kitchen screen's, does not open this one.
 */
export function useStaffSession(pizzeria: string) {
  const { user, fetch: refresh, clear } = useUserSession()
  const reason = ref<SignedOutReason>('first')
  const closed = ref(false)

  const staff = computed(() => {
    const someone = user.value
    return !closed.value && someone?.kind === 'staff' && someone.pizzeria === pizzeria && someone.role !== 'kitchen'
      ? someone
      : null
  })

  async function signIn(pin: string): Promise<SignInResult> {
    const result = await sendCommand('/api/staff/sign-in', { method: 'POST', body: { pizzeria, pin }, tries: 2 })
    switch (result.name) {
      case 'unanswered':
        return { name: 'offline' }
      case 'limited':
        return { name: 'slow', wait: result.retryAfter ?? 30 }
      case 'refused':
        return { name: 'wrong' }
      case 'done':
        await refresh()
        closed.value = false
        return { name: 'in' }
      default:
        return result satisfies never
    }
  }

  async function signOut() {
    // The pad comes first: the stream ends with the session, and must not look as if somebody else had ended it.
    reason.value = 'left'
    closed.value = true
    await sendCommand('/api/staff/sign-out', { method: 'POST', tries: 2 })
    await clear()
  }

  /** The server no longer knows this session: ask for the PIN again, and say why. */
  function end(why: SignedOutReason) {
    if (closed.value) return
    reason.value = why
    closed.value = true
  }

  return { staff, reason, signIn, signOut, end }
}
