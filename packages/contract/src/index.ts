export * from './cluster.js';
export * from './experiment.js';
export * from './policy.js';
export * from './rules.js';
export * from './session.js';
export * from './time.js';
export * from './wire.js';
