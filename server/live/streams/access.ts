import type { Role } from '../../../shared/order/roles.ts'
import type { StreamKind } from './kind.ts'

type Authorise = StreamKind['authorise']

/** Everybody may open it, where the key is a pizzeria. */
export const anybody: Authorise = async (tx, key) =>
  (await tx.head(key)) ? { outcome: 'granted', pizzeria: key } : { outcome: 'refused', code: 4404 }

/**
 * For people signed in at the pizzeria that the key names, in one of these roles. Others are not told whether the
 * pizzeria exists.
 */
export const only =
  (...roles: Role[]): Authorise =>
  async (_tx, key, session) => {
    if (!session) return { outcome: 'refused', code: 4401 }
    return session.pizzeria === key && roles.includes(session.role)
      ? { outcome: 'granted', pizzeria: key }
      : { outcome: 'refused', code: 4403 }
  }
