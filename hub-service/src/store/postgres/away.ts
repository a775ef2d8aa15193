import pg from 'pg';
import { Refusal } from '../../refusal.js';

/** Classes of SQLSTATE that are the server's state and not the question's fault. */
const ITS_STATE = /^(08|53|57P)/;

/** Whether it is no fault of the question: the server is away, restarts or is full. */
export function isAway(error: unknown): boolean {
  // The rest is from `pg` itself: no connection, one that was lost, no answer in time.
  return error instanceof pg.DatabaseError
    ? ITS_STATE.test(error.code ?? '')
    : !(error instanceof Refusal);
}

/** What a person is told whose request needs the database. */
export function awayRefusal(cause: unknown): Refusal {
  return new Refusal(
    'unavailable',
    'Beamtime’s database does not answer at the moment. Try again in a minute; if it stays, tell the admins of this hub.',
    { cause },
  );
}
