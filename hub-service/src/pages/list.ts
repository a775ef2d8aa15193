import type { ExperimentPage, Scope } from '@beamtime/contract';
import { experimentKey } from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { List } from './experiments.js';
import { isNarrowed, type ListQuery, toExperimentQuery } from './list-query.js';
import type { Guest } from './page.js';
import type { Trail } from './trail.js';

/** Milliseconds for the name of an experiment that is not on the page: its key would do. */
const NAME_MS = 1_000;

/** Asks for the part of the list that a page shows. */
export async function listFor(
  catalogue: Pick<Catalogue, 'experiments' | 'filters'>,
  trail: Trail,
  { user }: Guest,
  query: ListQuery,
): Promise<List> {
  const [{ page, scope }, filters] = await Promise.all([
    firstThatHasSome(catalogue, user, query),
    catalogue.filters(user),
  ]);
  const list = JSON.stringify({ ...query, cursor: '', scope });
  if (page.next !== undefined) {
    trail.went(user.name, list, query.cursor, page.next);
  }
  const back = trail.back(user.name, list, query.cursor);
  return { page, query, scope, filters, back };
}

/** Where nothing was said: one's own; of the instruments that one looks after, if there are none. */
async function firstThatHasSome(
  catalogue: Pick<Catalogue, 'experiments'>,
  user: Guest['user'],
  query: ListQuery,
): Promise<{ page: ExperimentPage; scope: Scope }> {
  const ask = async (scope: Scope) => ({
    scope,
    page: await catalogue.experiments(user, toExperimentQuery(query, scope)),
  });
  if (query.scope !== '') {
    return ask(query.scope);
  }
  if (user.admin) {
    return ask('all');
  }
  const mine = await ask('mine');
  if (mine.page.items.length > 0 || query.cursor !== '') {
    return mine;
  }
  const watched = await ask('instrument');
  return watched.page.items.length > 0
    ? watched
    : isNarrowed(query)
      ? mine
      : { ...mine, page: { ...mine.page, problems: watched.page.problems } };
}

/** What the experiments of sessions are called: their numbers, as far as they can be known soon. */
export async function namesOf(
  catalogue: Pick<Catalogue, 'find'>,
  { user }: Guest,
  keys: readonly string[],
  page: ExperimentPage,
): Promise<(key: string) => string> {
  const names = new Map(
    page.items.map(({ ref, proposal }) => [experimentKey(ref), proposal]),
  );
  const others = [...new Set(keys)].filter((key) => !names.has(key));
  await Promise.all(
    others.map(async (key) => {
      const found = await catalogue.find(user, key, NAME_MS).catch(() => null); // The source's own trouble is told above the list.
      if (found) {
        names.set(key, found.proposal);
      }
    }),
  );
  return (key) => names.get(key) ?? key;
}
