import type { SourceProblem } from '@beamtime/contract';
import { Refusal } from '../refusal.js';
import {
  type Asking,
  type CatalogueAdapter,
  SourceError,
  type Viewer,
} from './adapter.js';
import { type Answer, type Answers, keyOf } from './answers.js';
import { Breaker, isAway } from './breaker.js';
import { inTime, orOver } from './in-time.js';
import { missing, openPartOnly, outdated } from './problems.js';
import type { Observer } from './observer.js';

/** What an adapter has for one question, at most. */
const DEADLINE_MS = 5_000;

/** What a source has said, or why it has not. */
export type Reply<T> =
  | { ok: true; value: T; askedAt: number; problems: SourceProblem[] }
  | { ok: false; error: SourceError; problem: SourceProblem };

export interface TokenFor {
  of(viewer: Viewer): Promise<string | null>;
  /** Whether the source shows its open part only without. */
  needed: boolean;
}

/** What the catalogue knows of a person beyond the person. */
export interface Knowing {
  staffOf(viewer: Viewer): Asking['staffOf'];
  /** The proof of who the viewer is for this source; absent if it wants none. */
  token?: TokenFor;
  observer: Observer;
  now(): number;
}

export interface KeptQuestion<T extends object> {
  /** What is asked, for telling questions apart. */
  question: readonly unknown[];
  answers: Answers<T>;
  /** `null` where there is nothing for this person. */
  ask: (asking: Asking) => Promise<T | null>;
  /** After which a source is missed rather than waited for. */
  over?: Promise<void>;
}

/** One source, asked with care: with a deadline, spared while it is away, its answers kept. */
export class Source {
  readonly source: string;
  readonly label: string;
  private readonly breaker = new Breaker();
  /** Answers that the source gave as to nobody, for want of a token. */
  private readonly openParts = new WeakSet<object>();

  constructor(
    readonly adapter: CatalogueAdapter,
    private readonly knowing: Knowing,
  ) {
    this.source = adapter.source;
    this.label = adapter.label;
    knowing.observer.watch(this.source, () => this.breaker.isOpen);
  }

  /**
   * Asks now, whatever is kept.
   *
   * @throws {SourceError} if the source cannot be asked.
   * @throws {Refusal} if the question is at fault.
   */
  async ask<T>(
    viewer: Viewer,
    question: (asking: Asking) => Promise<T>,
    deadlineMs = DEADLINE_MS,
  ): Promise<T> {
    const done = this.knowing.observer.asked(this.source);
    try {
      const answer = await this.breaker.run(() =>
        this.put(viewer, question, deadlineMs),
      );
      done('ok');
      return answer;
    } catch (error) {
      done(error instanceof SourceError ? error.kind : 'refused');
      throw error;
    }
  }

  /** Asks unless it has been asked within the minute; what is older is shown if it fails. */
  async reply<T extends object>(
    viewer: Viewer,
    { question, answers, ask, over }: KeptQuestion<T>,
  ): Promise<Reply<T> | null> {
    const key = this.key(viewer, question);
    const isLocal = this.adapter.isLocal === true;
    if (!isLocal) {
      const fresh = answers.fresh(key);
      this.knowing.observer.looked(this.source, fresh !== null);
      if (fresh) {
        return this.told(fresh, viewer);
      }
    }
    try {
      const asking = isLocal
        ? this.unkept(viewer, ask)
        : answers.ask(key, () => this.ask(viewer, ask));
      const answer = await orOver(asking, over);
      return answer === 'over'
        ? this.failed(answers.stale(key), tooSlow(this.label))
        : answer && this.told(answer, viewer);
    } catch (error) {
      if (!(error instanceof SourceError)) {
        throw error;
      }
      if (!isAway(error) && error.kind !== 'not-understood') {
        answers.drop(key); // It says no to this person: nothing of before counts.
      }
      return this.failed(answers.stale(key), error);
    }
  }

  private async unkept<T extends object>(
    viewer: Viewer,
    ask: KeptQuestion<T>['ask'],
  ): Promise<Answer<T> | null> {
    const askedAt = this.knowing.now();
    const value = await this.ask(viewer, ask);
    return value && { value, askedAt };
  }

  private told<T extends object>(
    { value, askedAt }: Answer<T>,
    viewer: Viewer,
  ): Reply<T> {
    const problems =
      viewer !== null && this.openParts.has(value)
        ? [openPartOnly(this, askedAt)]
        : [];
    return { ok: true, value, askedAt, problems };
  }

  private failed<T extends object>(
    stale: Answer<T> | null,
    error: SourceError,
  ): Reply<T> {
    const since =
      this.breaker.awaySince ?? new Date(this.knowing.now()).toISOString();
    return stale
      ? {
          ok: true,
          ...stale,
          problems: [outdated(this, error, since, stale.askedAt)],
        }
      : { ok: false, error, problem: missing(this, error, since) };
  }

  private key(viewer: Viewer, question: readonly unknown[]): string {
    const rights = viewer && {
      admin: viewer.admin,
      groups: [...viewer.groups].sort(),
    };
    return keyOf(viewer?.name ?? null, rights, question);
  }

  private async put<T>(
    viewer: Viewer,
    question: (asking: Asking) => Promise<T>,
    deadlineMs: number,
  ): Promise<T> {
    const asked = { asNobody: false };
    const token = async () => {
      const found = (await this.knowing.token?.of(viewer)) ?? null;
      asked.asNobody = found === null && this.knowing.token?.needed === true;
      return found;
    };
    const staffOf = this.knowing.staffOf(viewer);
    try {
      const answer = await inTime(deadlineMs, tooSlow(this.label), (signal) =>
        question({ viewer, staffOf, signal, token }),
      );
      if (asked.asNobody && typeof answer === 'object' && answer !== null) {
        this.openParts.add(answer);
      }
      return answer;
    } catch (error) {
      throw error instanceof Refusal || error instanceof SourceError
        ? error
        : this.ourFault(error);
    }
  }

  private ourFault(error: unknown): SourceError {
    this.knowing.observer.fault(this.source, error);
    return new SourceError(
      'unavailable',
      `${this.label} cannot be asked, by a fault of Beamtime. Tell the admins of this hub: the service’s log has more.`,
    );
  }
}

function tooSlow(label: string): SourceError {
  return new SourceError(
    'timeout',
    `${label} did not answer in time. Try again in a minute.`,
  );
}
