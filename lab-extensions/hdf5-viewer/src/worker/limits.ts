/** Most bytes of one selection: they are held twice in the worker, and again in the page. */
export const MAX_BYTES = 512 * 1024 * 1024;
