import { ApiError, type SessionLink } from '@beamtime/api-client';
import type { Experiment, ExperimentPage } from '@beamtime/contract';
import { Signal } from '@lumino/signaling';
import { nullTranslator } from '@jupyterlab/translation';
import type { IExperimentMarks } from './tokens.js';
import type { Words } from './words.js';

/** For unit tests: an experiment `embedded:<id>`. */
export function experiment(
  id: string,
  more: Partial<Experiment> = {},
): Experiment {
  return {
    ref: { source: 'embedded', id },
    proposal: `MA-${id}`,
    title: `About ${id}`,
    instrument: { name: 'BX11' },
    visibility: 'member',
    people: [],
    pids: [],
    ...more,
  };
}

export function page(
  items: Experiment[],
  more: Partial<ExperimentPage> = {},
): ExperimentPage {
  return { items, asOf: '2026-11-20T10:00:00Z', problems: [], ...more };
}

export function link(id: string, more: Partial<SessionLink> = {}): SessionLink {
  const folder = `Experiments/MA-${id}-BX11`;
  return {
    key: `embedded:${id}`,
    slug: `MA-${id}-BX11`,
    title: `About ${id}`,
    raw: `${folder}/raw`,
    processed: `${folder}/processed`,
    problems: [],
    ...more,
  };
}

export const away = new ApiError('unreachable', 'The service is away.');

export const words: Words = {
  trans: nullTranslator.load('beamtime_lab'),
  locale: 'en-GB',
};

/** A promise that is settled from outside. */
export class Answer<T> {
  give!: (value: T) => void;
  fail!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.give = resolve;
    this.fail = reject;
  });
}

/** Marks that are kept nowhere. */
export class FakeMarks implements IExperimentMarks {
  favourites = new Set<string>();
  recent: string[] = [];
  readonly changed = new Signal<this, void>(this);

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  mark(key: string, favourite: boolean): Promise<void> {
    this.favourites = new Set(this.favourites);
    if (favourite) {
      this.favourites.add(key);
    } else {
      this.favourites.delete(key);
    }
    this.changed.emit();
    return Promise.resolve();
  }

  opened(key: string): Promise<void> {
    this.recent = [key, ...this.recent];
    this.changed.emit();
    return Promise.resolve();
  }
}
