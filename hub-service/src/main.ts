import { whenParentEnds } from './parent.js';
import { messageOf } from './refusal.js';
import { Service } from './service.js';

// What we make is ours: the store, the socket before it is closed to others.
process.umask(0o077);

Service.start({
  env: process.env,
  uid: process.getuid?.() ?? -1,
  log: true,
}).then(
  (service) => {
    const end = () => {
      void service.stop().finally(() => process.exit(0));
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    whenParentEnds(end);
  },
  (error: unknown) => {
    console.error(`Beamtime’s service cannot listen: ${messageOf(error)}`);
    process.exit(1);
  },
);
