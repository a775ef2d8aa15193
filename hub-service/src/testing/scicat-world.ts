import type { Experiment, ExperimentQuery } from '@beamtime/contract';
import type { Asking } from '../catalogue/adapter.js';
import { HttpSource } from '../catalogue/http/source.js';
import { ScicatCatalogue } from '../catalogue/scicat/scicat.js';
import type { ScicatConfig } from '../catalogue/scicat/config.js';
import { asking } from './asking.js';
import type { Row } from './mongo-like.js';
import { type Choose, RecordedServer } from './recorded-server.js';
import { ScicatLike } from './scicat-like.js';

/** A question without a deadline of its own: tests must not depend on how fast they run. */
export function patiently(...question: Parameters<typeof asking>): Asking {
  return { ...asking(...question), signal: new AbortController().signal };
}

export interface ScicatWorldOptions {
  auth?: ScicatConfig['auth'];
  /** Asked before the list in memory. */
  choose?: Choose;
  deadlineMs?: number;
}

/** A SciCat with the recorded data, and the adapter in front of it, over real HTTP. */
export async function scicatWorld({
  auth = { kind: 'user', issuer: 'https://login.example.org' },
  choose = () => undefined,
  deadlineMs = 60_000,
}: ScicatWorldOptions = {}) {
  const like = new ScicatLike();
  const server = new RecordedServer(
    'scicat',
    (asked, recorded) =>
      choose(asked, recorded) ?? like.choose(asked, recorded),
  );
  like.load(server.recorded);
  const label = 'The test SciCat';
  const url = `${await server.start()}/api`;
  const catalogue = new ScicatCatalogue(
    {
      source: 'scicat',
      label,
      auth,
      dataRoots: ['/data'],
      dataPath: '/data/visitor/{proposal:lower}/{instrument:lower}/{date}',
      portal: 'https://scicat.example.org/proposals/{id}',
      locations: [],
      cycleField: 'cycle',
      localContactField: 'localContact',
    },
    new HttpSource({ label, url, deadlineMs }),
  );
  return {
    catalogue,
    server,
    like,
    /** Changes what is recorded of a proposal. */
    proposal(id: string, changed: Row): void {
      const row = like.proposals.find((one) => one['proposalId'] === id);
      Object.assign(row ?? {}, changed);
    },
    everyProposal(change: (row: Row, place: number) => Row): void {
      like.proposals.forEach((row, place) => {
        Object.assign(row, change(row, place));
      });
    },
    async ids(asking: Asking, query: ExperimentQuery): Promise<string[]> {
      const { items } = await catalogue.experiments(asking, query);
      return items.map(({ ref }) => ref.id);
    },
    /** Every row of a list, part by part. */
    async all(asking: Asking, query: ExperimentQuery): Promise<Experiment[]> {
      const rows: Experiment[] = [];
      let cursor: string | undefined;
      do {
        const page = await catalogue.experiments(asking, {
          ...query,
          ...(cursor !== undefined && { cursor }),
        });
        rows.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return rows;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
