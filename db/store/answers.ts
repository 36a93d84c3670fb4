/** The answer that was given to an `Idempotency-Key`; `response` is what is needed to give it again. */
export interface KeptAnswer {
  scope: string
  key: string
  bodyHash: string
  response: unknown
  at: number
}

/** Answers that were given, so that a repeated request gets the same one. */
export interface AnswersTx {
  answerTo(scope: string, key: string): Promise<Pick<KeptAnswer, 'bodyHash' | 'response'> | undefined>
  /** MUST throw when the key has an answer in that scope. */
  keepAnswer(answer: KeptAnswer): Promise<void>
  /** Drops answers from before a time, at most `limit`; returns how many. */
  dropAnswersBefore(time: number, limit: number): Promise<number>
}
