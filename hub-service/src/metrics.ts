import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';

/** What the service counts, for Prometheus. No label names a person or an experiment. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'beamtime_http_request_seconds',
    help: 'Answers of the service by route and status, and how long they took.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  readonly questions = new Histogram({
    name: 'beamtime_source_question_seconds',
    help: 'Questions to catalogues by outcome (ok, or why not), and how long they took.',
    labelNames: ['source', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [this.registry],
  });

  readonly kept = new Counter({
    name: 'beamtime_source_kept_answers_total',
    help: 'Whether a question to a catalogue was answered from what it said within the minute.',
    labelNames: ['source', 'found'] as const,
    registers: [this.registry],
  });

  readonly streams = new Gauge({
    name: 'beamtime_event_streams',
    help: 'Open streams of events.',
    registers: [this.registry],
  });

  private readonly watched = new Map<string, () => boolean>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    const { watched } = this;
    new Gauge({
      name: 'beamtime_source_spared',
      help: 'Whether a catalogue is not asked at the moment, because it failed.',
      labelNames: ['source'] as const,
      registers: [this.registry],
      collect() {
        for (const [source, isSpared] of watched) {
          this.set({ source }, isSpared() ? 1 : 0);
        }
      },
    });
  }

  watch(source: string, isSpared: () => boolean): void {
    this.watched.set(source, isSpared);
  }
}
