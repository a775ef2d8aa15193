// Writes the JSON Schema that the Python side reads, so that both check the same shapes.
import { mkdir, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Plan, SessionRequest } from '../lib/index.js';

// Python's `$` also matches before a last newline; this means the end in both languages.
const endOfText = (key, value) =>
  key === 'pattern' ? value.replace(/\$$/, '(?![\\s\\S])') : value;

const target = new URL(
  '../../../hub-spawner-form/beamtime_hub/_schema/',
  import.meta.url,
);
await mkdir(target, { recursive: true });
for (const [name, schema] of Object.entries({
  'session-request': SessionRequest,
  plan: Plan,
})) {
  await writeFile(
    new URL(`${name}.json`, target),
    `${JSON.stringify(z.toJSONSchema(schema), endOfText, 2)}\n`,
  );
}
