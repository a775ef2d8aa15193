// npm run setup: all that `npm test` needs, without running it.
import { setUp } from './shared/setup.mjs';
import { main } from './shared/say.mjs';

await main(() => setUp({ features: ['desktop', 'slurm', 'browser'] }));
