import { findProgram } from './debian.ts'

/** The path of a Firefox, or null when none is available (`findProgram`). */
export const findFirefox = () =>
  findProgram({
    title: 'Firefox',
    names: ['firefox-esr', 'firefox'],
    package: 'firefox-esr',
    variable: 'FIREFOX_PATH',
  })
