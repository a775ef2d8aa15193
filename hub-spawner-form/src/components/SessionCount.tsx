/** @jsxImportSource preact */
import { count } from '@beamtime/contract';
import type { PartProps } from './tools.js';

/** How many named sessions there are, and how many there may be. */
export function SessionCount({ state }: PartProps) {
  const { sessions } = state.form;
  if (!sessions) {
    return null;
  }
  const { limit, names } = sessions;
  const there = names.filter((name) => name !== '').length;
  if (limit === null && there === 0) {
    return null;
  }
  return (
    <p class="bt-muted bt-small">
      {limit === null
        ? `You have ${count(there, 'named session')}.`
        : `You have ${there} of ${count(limit, 'named session')}.`}
    </p>
  );
}
