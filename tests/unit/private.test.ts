import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepPrivate } from '../../db/private.ts'
import { requireHeader } from '../../db/sound.ts'

describe('the files of a database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-private-'))
  const before = process.umask()
  const mode = (name: string) => statSync(join(folder, name)).mode & 0o777
  beforeAll(() => {
    for (const name of ['pizza', 'pizza-wal', 'pizza.secrets.json', 'pizzas.txt', 'menu']) {
      writeFileSync(join(folder, name), 'x')
      chmodSync(join(folder, name), 0o644)
    }
    for (const name of ['pizza.backups', 'shop']) mkdirSync(join(folder, name), { mode: 0o755 })
  })
  afterAll(() => {
    process.umask(before)
    rmSync(folder, { recursive: true })
  })

  it('[PDA-6] are its owner’s alone, and nothing else beside them is touched', () => {
    keepPrivate(join(folder, 'pizza'))
    expect(['pizza', 'pizza-wal', 'pizza.secrets.json'].map(mode)).toEqual([0o600, 0o600, 0o600])
    expect(['pizzas.txt', 'menu'].map(mode)).toEqual([0o644, 0o644])
    expect(['pizza.backups', 'shop'].map(mode)).toEqual([0o755, 0o755])
  })

  it('[OPS-5] [PDA-6] are not a folder: whoever names one by mistake is told, and it stays as it is', () => {
    keepPrivate(join(folder, 'shop'))
    expect(mode('shop')).toBe(0o755)
    expect(() => requireHeader(join(folder, 'shop'))).toThrow('is a folder. Name a file in it')
  })
})
