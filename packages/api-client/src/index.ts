export type { Fetch } from './ask.js';
export * from './error.js';
export * from './experiments.js';
export * from './session.js';
