/** What all nodes of an installation share, and no pizzeria has. */
export interface InstallationTx {
  secret(name: string): Promise<string | null>
  keepSecret(name: string, value: string): Promise<void>
  /** Notes orders whose people are to be erased; an order that is noted already stays as it is. */
  noteErasure(orders: string[], at: number): Promise<void>
  /** A page of the noted orders, after one of them, in the order of their ids. */
  erasedOrders(after: string, limit: number): Promise<string[]>
}
