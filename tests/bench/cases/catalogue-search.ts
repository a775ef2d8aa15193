import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { inCheckout } from '../../../scripts/shared/paths.mjs';
import type { Case } from '../case.ts';
import { VISITORS } from '../catalogue/generate.ts';
import {
  type LargeCatalogue,
  startLargeCatalogue,
} from '../catalogue/service.ts';

const EXPERIMENTS = 100_000;

const Question = z.object({
  as: z.enum(['office', 'scientist', 'member', 'newcomer']),
  query: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.array(z.string())]),
  ),
  /** Which part of the list is timed; the ones before it lead there. */
  page: z._default(z.int(), 1),
});
type Question = z.infer<typeof Question>;

const Page = z.object({
  items: z.array(z.unknown()),
  next: z.optional(z.string()),
  problems: z.array(z.unknown()),
});

async function readQuestions(): Promise<Question[]> {
  const text = await readFile(
    inCheckout('tests/bench/catalogue/queries.json'),
    'utf8',
  );
  return z.array(Question).parse(JSON.parse(text));
}

/** Milliseconds from the question to the last byte of the answer. */
async function timed(
  { api }: LargeCatalogue,
  { as, query, page }: Question,
): Promise<number> {
  const url = new URL('experiments', api);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      url.searchParams.append(name, String(one));
    }
  }
  const headers = { authorization: `Bearer token-${VISITORS[as]}` };
  for (let part = 1; ; part += 1) {
    const start = performance.now();
    const response = await fetch(url, { headers });
    const text = await response.text();
    const took = performance.now() - start;
    const answer = Page.safeParse(JSON.parse(text));
    if (!answer.success || answer.data.problems.length > 0) {
      throw new Error(`${url.href} as ${as}: ${text.slice(0, 500)}`);
    }
    if (part === page || answer.data.next === undefined) {
      return took;
    }
    url.searchParams.set('cursor', answer.data.next);
  }
}

const catalogueSearch: Case = {
  about:
    'The embedded catalogue with 100,000 invented experiments (teams, datasets, samples; a seeded generator), asked over HTTP at the running service by four people: one who sees everything, an instrument scientist, a member of some teams and a newcomer. 200 committed questions one after the other: beginnings of 1 to 3 letters, several words, accents, filters, sorts and deep parts of lists; page tokens are answered by a stand-in hub. Memory is that of the whole process after the questions.',
  async open() {
    const questions = await readQuestions();
    const service = await startLargeCatalogue(EXPERIMENTS);
    return {
      variants: [
        {
          name: `p95 of ${String(questions.length)} questions`,
          unit: 'ms',
          better: 'less',
          ours: {
            async measure() {
              const took: number[] = [];
              for (const question of questions) {
                took.push(await timed(service, question));
              }
              took.sort((a, b) => a - b);
              return took[Math.ceil(took.length * 0.95) - 1] ?? NaN;
            },
          },
        },
        {
          name: 'memory of the service after them',
          unit: 'MiB',
          better: 'less',
          ours: { measure: () => service.memory() },
        },
      ],
      close: () => service.stop(),
    };
  },
};

export default catalogueSearch;
