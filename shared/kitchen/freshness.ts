// Moved to shared/live; this file goes when the kitchen's composables have followed.
export { freshness, type Freshness } from '../live/freshness.ts'
