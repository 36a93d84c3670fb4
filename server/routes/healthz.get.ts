/** 200 while the process lives. */
export default defineEventHandler(() => ({ ok: true }))
