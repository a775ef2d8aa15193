import {
  experimentKey,
  type Experiment,
  type ExperimentPage,
} from '@beamtime/contract';
import { HubError, type HubClient } from '../page/client.js';
import { Observable } from './observable.js';

export interface SearchState {
  text: string;
  /** What fits the text, as far as it is known, best first. */
  found: readonly Experiment[];
  /** Whether the hub is being asked for more. */
  asking: boolean;
  /** Whether there are more than `found`, so that a longer text helps. */
  more: boolean;
  /** What may be missing, in words for the person. */
  notes: readonly string[];
}

/** Waits for the end of a word before it asks the hub, in ms. */
const PAUSE = 250;

/**
 * Finds experiments: at once among those that are known, and at the hub if it knows more.
 */
export class ExperimentSearch extends Observable<SearchState> {
  private readonly known = new Map<string, Experiment>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();

  private first: ExperimentPage = { items: [], asOf: '', problems: [] };

  constructor(private readonly client: Pick<HubClient, 'experiments'>) {
    super({ text: '', found: [], asking: false, more: false, notes: [] });
  }

  /** An experiment that was in any of the lists so far. */
  byKey(key: string): Experiment | undefined {
    return this.known.get(key);
  }

  /** Takes the list that is shown before anything is searched, or a newer one. */
  renew(first: ExperimentPage): void {
    if (first === this.first) {
      return;
    }
    this.first = first;
    this.remember(first.items);
    if (this.value.text === '') {
      this.showFirst();
    }
  }

  search(text: string): void {
    clearTimeout(this.timer);
    this.asked.abort();
    if (text.trim() === '') {
      this.showFirst();
      return;
    }
    const asking = this.first.next !== undefined;
    this.set({
      text,
      found: [...this.known.values()].filter(matcher(text)),
      asking,
      more: false,
      notes: notesOf(this.first),
    });
    if (asking) {
      this.timer = setTimeout(() => void this.ask(text), PAUSE);
    }
  }

  private async ask(text: string): Promise<void> {
    const { signal } = (this.asked = new AbortController());
    try {
      const page = await this.client.experiments(text.trim(), signal);
      this.remember(page.items);
      this.set({ text, asking: false, ...shown(page) });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.set({
        ...this.value,
        asking: false,
        notes: [
          `Only the experiments listed at first were searched. ${error.message}`,
        ],
      });
    }
  }

  private showFirst(): void {
    this.set({ text: '', asking: false, ...shown(this.first) });
  }

  private remember(experiments: readonly Experiment[]): void {
    for (const experiment of experiments) {
      this.known.set(experimentKey(experiment.ref), experiment);
    }
  }
}

function shown(page: ExperimentPage) {
  return {
    found: page.items,
    more: page.next !== undefined,
    notes: notesOf(page),
  };
}

function notesOf({ problems }: ExperimentPage): string[] {
  return problems.map(
    ({ label, message }) =>
      `Experiments of ${label} may be missing. ${message}`,
  );
}

/** Every word of the text is found somewhere in the experiment. */
function matcher(text: string): (experiment: Experiment) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (experiment) => {
    const hay = [
      experiment.proposal,
      experiment.title,
      experiment.instrument.name,
      experiment.instrument.fullName,
      experiment.start?.slice(0, 4),
      ...experiment.people.map(({ name }) => name),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => hay.includes(word));
  };
}
