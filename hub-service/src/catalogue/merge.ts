import type { Experiment, ExperimentQuery } from '@beamtime/contract';
import type { Feed } from './feed.js';
import { comparing } from './order.js';
import type { Patience } from './patience.js';

/** Parts of one source for one page: a source may leave out nearly all rows of a part. */
const MOST_PARTS = 4;

/**
 * Takes the next rows of all sources in the order asked for. No row is taken before every
 * source that has more has told its next one, so none is lost or doubled between pages; a page
 * may therefore be short where a source is slow.
 */
export async function merge(
  feeds: readonly Feed[],
  query: ExperimentQuery,
  limit: number,
  patience: Patience,
): Promise<Experiment[]> {
  const compare = comparing(query);
  const items: Experiment[] = [];
  await Promise.all(
    feeds.map(async (feed) => {
      await feed.fill(patience.over);
      if (!feed.failed) {
        patience.answered();
      }
    }),
  );
  for (let parts = 1; items.length < limit;) {
    const dry = feeds.filter((feed) => feed.isDry);
    if (dry.length > 0) {
      parts += 1;
      if (parts > MOST_PARTS || (patience.isOver && items.length > 0)) {
        break;
      }
      const over = patience.isOver ? undefined : patience.over;
      await Promise.all(dry.map((feed) => feed.fill(over)));
      continue;
    }
    const first = nextOf(feeds, compare);
    if (first?.head === undefined) {
      break;
    }
    items.push(first.head);
    first.take();
  }
  return items;
}

function nextOf(
  feeds: readonly Feed[],
  compare: (one: Experiment, other: Experiment) => number,
): Feed | undefined {
  let best: Feed | undefined;
  for (const feed of feeds) {
    if (
      feed.head !== undefined &&
      (best?.head === undefined || compare(feed.head, best.head) < 0)
    ) {
      best = feed;
    }
  }
  return best;
}
