import type { AnswersTx } from './store/answers.ts'
import type { BudgetsTx } from './store/budgets.ts'
import type { CursorsTx } from './store/cursors.ts'
import type { ErasureTx } from './store/erasure.ts'
import type { FiguresTx } from './store/figures.ts'
import type { HooksTx } from './store/hooks.ts'
import type { InstallationTx } from './store/installation.ts'
import type { KitchenLoadTx } from './store/kitchen-load.ts'
import type { LogTx } from './store/log.ts'
import type { MenuTx } from './store/menu.ts'
import type { NumbersTx } from './store/numbers.ts'
import type { OrderListsTx } from './store/order-lists.ts'
import type { OrdersTx } from './store/orders.ts'
import type { PeopleTx } from './store/people.ts'
import type { PhotosTx } from './store/photos.ts'
import type { PizzeriasTx } from './store/pizzerias.ts'
import type { PlansTx } from './store/plans.ts'
import type { PushesTx } from './store/pushes.ts'
import type { RehearsalsTx } from './store/rehearsals.ts'
import type { ScreensTx } from './store/screens.ts'
import type { SetupsTx } from './store/setups.ts'
import type { ShownTx } from './store/shown.ts'

/*
 * The port of the database. All times are ms since 1970, UTC. What an adapter keeps in memory to be quick MUST NOT be
 * seen here: every answer MUST be the one that the transaction's own moment of the database gives.
 *
 * Its parts are in `store/`. The queries of a part have the same name in `queries/`, and so have its own tables, where
 * it has any, in `schema/`.
 */

/** Everything that can be asked of the database inside one transaction. No other code speaks SQL. */
export interface Tx
  extends
    LogTx,
    CursorsTx,
    PizzeriasTx,
    MenuTx,
    PlansTx,
    PhotosTx,
    OrdersTx,
    NumbersTx,
    OrderListsTx,
    KitchenLoadTx,
    ShownTx,
    AnswersTx,
    RehearsalsTx,
    FiguresTx,
    ErasureTx,
    PeopleTx,
    SetupsTx,
    ScreensTx,
    BudgetsTx,
    PushesTx,
    HooksTx,
    InstallationTx {}

/**
 * The database, as the rest of the server sees it.
 *
 * An adapter MUST run `read` in one transaction that sees one moment only, and never an uncommitted row.
 * It MUST run `write` alone among the writers of its pizzeria, undo it whole when `work` throws, and resolve only
 * after the commit is flushed to the disk (LOG-4). It MAY run writers of different pizzerias at the same time. `null`
 * stands for what belongs to no pizzeria: such a writer MUST NOT append, and MUST NOT expect to be alone.
 * An adapter MAY flush several writers together (LOG-7), and then one that throws MUST NOT take the others with it.
 * When the database is locked or full it MUST reject with `Rejected('server.busy')` or `Rejected('server.full')` and
 * work again as soon as it can (LOG-8).
 *
 * `work` MUST NOT wait for anything but `tx`: other writers stand behind it. It MUST NOT write to another pizzeria than
 * the one it named. It MUST NOT change anything but through `tx`: it may be undone and run again, when somebody else in
 * the same flush met a full disk.
 */
export interface Store {
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(pizzeria: string | null, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A writer for what belongs to the whole installation and happens once: alone among all that call this, also on other
   * nodes that start in the same moment. It MAY write to a pizzeria that it makes itself.
   */
  alone<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Resolves when every reader and writer that waits has been answered. */
  close(): Promise<void>
}
