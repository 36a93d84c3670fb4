/**
 * Runs on any Node, before our TypeScript: `node --import ./scripts/need-node.js scripts/start.ts`.
 * npm scripts find Node in node_modules/.bin first, where the package `node` puts it with an install script;
 * where that script was refused, the machine's own Node would fail with a riddle.
 */
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Comanda needs Node.js 26 and found ${process.versions.node}: run "npm rebuild node" (the package "node" brings ` +
      'it, if its install script is allowed), or install Node.js 26.',
  )
  process.exit(1)
}
