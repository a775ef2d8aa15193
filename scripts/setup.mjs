// npm run setup: all that `npm test` needs, without running it.
import { setUp } from './lib/setup.mjs';
import { main } from './lib/say.mjs';

await main(() => setUp({ features: ['desktop', 'slurm', 'browser'] }));
