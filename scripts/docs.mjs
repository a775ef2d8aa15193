// npm run docs: builds the documentation into docs/_build/html; a warning is an error.
import { buildDocs } from './shared/docs.mjs';
import { inCheckout } from './shared/paths.mjs';
import { Refusal, main, say } from './shared/say.mjs';
import { setUp } from './shared/setup.mjs';

await main(async () => {
  await setUp({ features: [] });
  const { code, output } = await buildDocs();
  if (code !== 0) {
    throw new Refusal(`The documentation has faults:\n${output}`);
  }
  say(`Open ${inCheckout('docs/_build/html/index.html')}`);
});
