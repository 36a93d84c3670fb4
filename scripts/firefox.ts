import { findProgram } from './debian.ts'

/** The path of a Firefox, or null where there is none to be had (`findProgram`). */
export const findFirefox = () =>
  findProgram({
    title: 'Firefox',
    names: ['firefox-esr', 'firefox'],
    package: 'firefox-esr',
    variable: 'FIREFOX_PATH',
  })
