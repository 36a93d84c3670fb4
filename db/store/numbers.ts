/** The numbers that are called out; a rehearsal's orders count apart. */
export interface NumbersTx {
  /**
   * The next number that none of these business days has given, and gives it in each of them. A day that nobody has
   * counted in yet MUST begin after the orders that it has.
   */
  nextNumber(pizzeria: string, days: readonly string[], test: boolean): Promise<number>
  /** Whether there ever was a number: a real order, or one marked TEST. */
  hasNumbers(pizzeria: string, test: boolean): Promise<boolean>
}
