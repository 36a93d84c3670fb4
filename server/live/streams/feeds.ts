import type { Feed, StreamKind } from './kind.ts'

/** A feed of everything that happens in a pizzeria, by the positions of its log. */
export const wholeLog: Feed = {
  async head(tx, { pizzeria }) {
    return (await tx.head(pizzeria)) ?? { position: 0, oldest: 1 }
  },
  eventsAfter: (tx, { pizzeria }, position, limit) => tx.eventsAfter(pizzeria, position, limit),
  concerns: () => () => true,
  positionOf: (event) => event.position,
}

/** A feed of one subject of the log, by the subject's versions. `version` reads the newest. */
export const subjectLog = (
  subjectOf: (key: string) => string,
  version: (...asked: Parameters<Feed['head']>) => Promise<number>,
): Feed => ({
  async head(tx, ref) {
    const position = await version(tx, ref)
    return { position, oldest: (await tx.oldestOfSubject(ref.pizzeria, subjectOf(ref.key))) ?? position + 1 }
  },
  eventsAfter: (tx, { pizzeria, key }, position, limit) =>
    tx.subjectEventsAfter(pizzeria, subjectOf(key), position, limit),
  concerns({ key }) {
    const subject = subjectOf(key)
    return (event) => event.subject === subject
  },
  positionOf: (event) => event.version,
})

/** What most streams of a pizzeria have in common. */
export const lasting = {
  stays: true,
  provesDisplay: false,
  isOver: async () => false,
} satisfies Partial<StreamKind>
