import { sameValue } from '#shared/same-value'

/**
 * A form over something that others may change at the same time. `base` is what it stood at, `mine` what was made of
 * it, `theirs` the values of fields that somebody else has changed as well: between those two a person must choose.
 */
export interface Draft<S extends object> {
  version: number
  base: S
  mine: S
  theirs: Partial<S>
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
export const namesOf = <S extends object>(all: S) => Object.keys(all) as (keyof S)[]

export const startDraft = <S extends object>(version: number, now: S): Draft<S> => ({
  version,
  base: copy(now),
  mine: copy(now),
  theirs: {},
})

/** The fields that differ from what they stood at. */
export const changedIn = <S extends object>({ base, mine }: Pick<Draft<S>, 'base' | 'mine'>): (keyof S)[] =>
  namesOf(base).filter((name) => !sameValue(base[name], mine[name]))

/**
 * The same draft over a newer state. A field that only others have changed follows them, one that only I have changed
 * stays, and one that both have changed to different values is in `theirs`.
 */
export function rebase<S extends object>({ base, mine, theirs }: Draft<S>, version: number, now: S): Draft<S> {
  const next: Draft<S> = { version, base: copy(now), mine: copy(now), theirs: {} }
  for (const name of namesOf(now)) {
    const untouched = !(name in mine) || sameValue(mine[name], base[name])
    if (untouched || sameValue(mine[name], now[name])) continue
    next.mine[name] = copy(mine[name])
    if (!sameValue(now[name], base[name]) || name in theirs) next.theirs[name] = copy(now[name])
  }
  return next
}

/** A person has chosen between their own value of a field and the one of somebody else. */
export function choose<S extends object>(draft: Draft<S>, name: keyof S, which: 'mine' | 'theirs'): Draft<S> {
  const { [name]: chosen, ...theirs } = draft.theirs
  const mine = which === 'theirs' ? { ...draft.mine, [name]: copy(chosen) } : draft.mine
  return { ...draft, mine, theirs: theirs as Partial<S> }
}
