import { expect, it } from 'vitest'
import { soak } from '../../bench/soak-run.ts'
import { seed } from '../support/seed.ts'

// The long one is `npm run soak`: 30 minutes, 500 clients, and the slope of memory and open files.
it(
  '[LOG-2] [LOG-4] [IDM-1] [CLI-2] [SRV-3] [SRV-4] [STR-4] half a minute of random faults under load: nothing ' +
    'lost, nothing doubled, every screen correct',
  async () => {
    const result = await soak({ seconds: 30, clients: 60, seed, ordersPerSecond: 3, faultEvery: 2.5 })
    expect(result.broken, `again with COMANDA_SEED=${seed}`).toEqual([])
    expect(result.acknowledged).toBeGreaterThan(30)
  },
)
