import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from '../metrics.js';
import type { Observer } from './observer.js';

/** Counts how the sources do, and tells the log of faults of ours. */
export function observed(metrics: Metrics, log: FastifyBaseLogger): Observer {
  return {
    asked: (source) => {
      const began = performance.now();
      return (outcome) => {
        const seconds = (performance.now() - began) / 1000;
        metrics.questions.observe({ source, outcome }, seconds);
      };
    },
    looked: (source, found) => {
      metrics.kept.inc({ source, found: String(found) });
    },
    watch: (source, isSpared) => {
      metrics.watch(source, isSpared);
    },
    fault: (source, error) => {
      // Not the message: it may hold a URL, and that a session id.
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
      const name = error instanceof Error ? error.name : typeof error;
      log.error({ source, error: name, at }, 'an adapter failed');
    },
  };
}
