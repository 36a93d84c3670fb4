/** The path of the database that the server would open. */
export function databaseFile(): string {
  const url = process.env.DATABASE_URL || 'file:.data/comanda.db'
  if (!url.startsWith('file:'))
    throw new Error('DATABASE_URL names no file. PostgreSQL has tools of its own: see docs/operations.md.')
  return url.slice('file:'.length)
}
