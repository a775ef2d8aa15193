export * from './accounting.js';
export { accountsFor, qosFor } from './accounts.js';
export * from './cluster.js';
export type { RuleContext } from './context.js';
export * from './experiment.js';
export { hasFeatures } from './features.js';
export * from './limits.js';
export * from './policy.js';
export {
  asSeenBy,
  isActive,
  isReserved,
  mayReserve,
  type Requester,
} from './reservations.js';
export * from './rules.js';
export * from './session.js';
export { siteLimits, type SiteLimits } from './site-limits.js';
export { rulesFor } from './site-rules.js';
export { isCustom } from './software.js';
export * from './time.js';
export * from './wire.js';
export * from './words.js';
