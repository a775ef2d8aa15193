// npm run bench [case…] [--runs N]
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { inCheckout } from '../../scripts/shared/paths.mjs';
import { Refusal, main, say } from '../../scripts/shared/say.mjs';
import type { Case, Result, Variant } from './case.ts';
import { resultOf } from './figures.ts';
import { machine, writeReport } from './report.ts';

async function loadCases(wanted: readonly string[]): Promise<[string, Case][]> {
  const folder = inCheckout('tests/bench/cases');
  const all = (await readdir(folder)).map((file) => file.replace(/\.ts$/, ''));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Refusal(
      `No such case: ${unknown.join(', ')}. There are: ${all.join(', ')}.`,
    );
  }
  return Promise.all(
    (wanted.length > 0 ? wanted : all).map(
      async (name): Promise<[string, Case]> => {
        const module = (await import(`./cases/${name}.ts`)) as {
          default: Case;
        };
        return [name, module.default];
      },
    ),
  );
}

async function measure(variant: Variant, asked: number): Promise<Result> {
  const runs = Math.min(asked, variant.runs ?? asked);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    ours.push(await variant.ours.measure());
    if (variant.peer) {
      peer.push(await variant.peer.measure());
    }
    say(
      `    ${variant.name} ${run}/${runs}: ours ${ours.at(-1)?.toFixed(2) ?? ''} ${variant.unit}, peer ${peer.at(-1)?.toFixed(2) ?? '–'} ${variant.unit}`,
    );
  }
  return resultOf(variant, ours, variant.peer ? peer : null);
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '5' } },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 5) {
    throw new Refusal(
      `--runs ${values.runs}: give a whole number of at least 5.`,
    );
  }
  for (const [name, bench] of await loadCases(positionals)) {
    say(`  ${name}`);
    const opened = await bench.open();
    try {
      const results: Result[] = [];
      for (const variant of opened.variants) {
        results.push(await measure(variant, runs));
      }
      await writeReport({
        case: name,
        ...(bench.about === undefined ? {} : { about: bench.about }),
        date: new Date().toISOString().slice(0, 10),
        machine: machine(),
        command: `npm run bench ${name}`,
        results,
      });
    } finally {
      await opened.close();
    }
  }
});
