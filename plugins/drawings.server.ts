import { dishSvg } from '#shared/drawing/dish-svg'
import { pizzaSvg } from '#shared/drawing/svg'

/** Draws what stands in the first screen into the page itself. Browsers do not get this code with the page. */
export default defineNuxtPlugin(() => ({ provide: { draw: { pizza: pizzaSvg, dish: dishSvg } } }))
