// What a person reads in the terminal while something is being done.

const started = Date.now();
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** A fault whose message tells the person what to do; shown without a stack. */
export class Refusal extends Error {}

/** @param {string} text */
export function say(text) {
  console.log(text);
}

/**
 * Does a step and shows that it is being done: its name at once, the time when it is over,
 * a line every 10 s meanwhile.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const since = Date.now();
  say(`  … ${name}`);
  const alive = setInterval(
    () => say(`    ${name}: still at it, ${seconds(since)}`),
    10_000,
  );
  try {
    const result = await work();
    if (Date.now() - since > 300) {
      say(`  ✓ ${name} (${seconds(since)})`);
    }
    return result;
  } finally {
    clearInterval(alive);
  }
}

/**
 * Runs a command's main function; a {@link Refusal} ends it with its message alone.
 *
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) {
      console.error(`\n✗ ${error.message}\n`);
    } else {
      console.error(error);
    }
    process.exitCode = 1;
  }
}

export function elapsed() {
  return seconds(started);
}
