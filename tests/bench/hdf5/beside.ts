import type { Case, Contender, Variant } from '../case.ts';
import { installPeers } from '../peers/environments.ts';
import { makeFiles } from './files.ts';
import { Viewer } from './viewer.ts';

/** What is measured of a side; its figures by name. */
type Work<K extends string> = (viewer: Viewer) => Promise<Record<K, number>>;

/** One row: the name of the figure, and how it is said. */
export type Row<K extends string> = {
  figure: K;
} & Pick<Variant, 'name' | 'unit' | 'runs'>;

/** Rows whose figures one piece of work gives together. Of all of them less is better. */
export interface Together<K extends string = string> {
  rows: readonly Row<K>[];
  work: Work<K>;
}

export function together<K extends string>(
  rows: readonly Row<K>[],
  work: Work<K>,
): Together {
  return { rows, work };
}

/** A row of its own. */
export function row(
  name: string,
  unit: string,
  work: (viewer: Viewer) => Promise<number>,
): Together {
  return together([{ figure: 'it', name, unit }], async (viewer) => ({
    it: await work(viewer),
  }));
}

/** Does the work for whoever asks first, and keeps the other figures for those who ask next. */
function contenders(
  work: Work<string>,
  viewer: Viewer,
): (figure: string) => Contender {
  const kept = new Map<string, number[]>();
  return (figure) => ({
    async measure() {
      const before = kept.get(figure)?.shift();
      if (before !== undefined) {
        return before;
      }
      const figures = await work(viewer);
      for (const [name, value] of Object.entries(figures)) {
        if (name !== figure) {
          kept.set(name, [...(kept.get(name) ?? []), value]);
        }
      }
      return figures[figure] ?? Number.NaN;
    },
  });
}

/** A case that opens files in our viewer and in the peer's, in turn. */
export function besideH5web(about: string, all: readonly Together[]): Case {
  return {
    about,
    async open() {
      await installPeers();
      await makeFiles();
      const ours = await Viewer.start('ours');
      const peer = await Viewer.start('peer');
      const variants = all.flatMap(({ rows, work }) => {
        const our = contenders(work, ours);
        const their = contenders(work, peer);
        return rows.map(({ figure, ...said }) => ({
          ...said,
          better: 'less' as const,
          ours: our(figure),
          peer: their(figure),
        }));
      });
      return {
        variants,
        async close() {
          await ours.close();
          await peer.close();
        },
      };
    },
  };
}

/** For the reader of the figures. */
export const WHERE =
  'Both viewers in a warm JupyterLab 4.6 with the same files, which the browser has not seen before; WebGL by software on both sides. Remote: a link of 50 ms round trip and 50 Mbit/s, simulated.';
