// Counts what passed and failed over all runners, and keeps what failed for the end.
import { readFile } from 'node:fs/promises';
import { say } from './say.mjs';

export class Tally {
  passed = 0;
  failed = 0;
  /** @type {string[]} */
  details = [];

  /** @param {string} name @param {boolean} ok @param {string} output */
  check(name, ok, output) {
    this.add(name, ok ? 1 : 0, ok ? 0 : 1, ok ? '' : output);
  }

  /**
   * @param {string} name @param {number} passed @param {number} failed
   * @param {string} output - shown if something failed
   */
  add(name, passed, failed, output) {
    this.passed += passed;
    this.failed += failed;
    say(
      `  ${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed`,
    );
    if (failed > 0) {
      this.details.push(`── ${name} ──\n${output}`);
    }
  }

  /** Tests that passed only at their second attempt: counted as passed, and named. */
  unsteady(names) {
    for (const name of names) {
      this.details.push(`── passed at the second attempt, mend it: ${name}`);
    }
  }

  /** A runner that could not run at all counts as one failure. */
  broken(name, output) {
    this.add(name, 0, 1, output);
  }

  report() {
    for (const detail of this.details) {
      say(`\n${detail}`);
    }
    say(`\n${this.passed} passed, ${this.failed} failed`);
  }
}

/** Counts of a JUnit file; `null` if there is none or it holds no test. */
export async function readJunit(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  let tests = 0;
  let failed = 0;
  for (const [, attributes = ''] of text.matchAll(/<testsuite ([^>]*)>/g)) {
    const value = (name) =>
      Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    tests += value('tests');
    // A skipped test has shown nothing.
    failed += value('failures') + value('errors') + value('skipped');
  }
  return tests === 0 ? null : { passed: tests - failed, failed };
}
