import { AnsweredError } from '../http/faults.js';

/** Nothing is there, or nothing for who asks: they are not to know which. */
export function gone(error: unknown): null {
  if (
    error instanceof AnsweredError &&
    (error.status === 404 || error.status === 403)
  ) {
    return null;
  }
  throw error;
}
