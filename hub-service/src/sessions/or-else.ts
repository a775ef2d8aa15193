import { Refusal } from '../refusal.js';

/**
 * Does without what is only a convenience: nobody is kept from a session because the
 * database of last choices is away.
 */
export async function orElse<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unavailable') {
      return otherwise;
    }
    throw error;
  }
}
