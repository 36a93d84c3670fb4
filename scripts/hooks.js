import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'

/** Switches the commit hook of `.githooks` on, in a checkout of this repository; elsewhere there is nothing to do. */
const git = (...parameters) => execFileSync('git', parameters, { encoding: 'utf8', stdio: 'pipe' }).trim()
try {
  if (realpathSync(git('rev-parse', '--show-toplevel')) === process.cwd()) git('config', 'core.hooksPath', '.githooks')
} catch {
  // No git, or no checkout: an archive can be built and run too.
}
