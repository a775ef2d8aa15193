import { SessionRequest } from '@beamtime/contract';
import type { Database } from './database.js';
import { lasting } from './lasting.js';

/** Remembers what each person started last, without its reservation. */
export class Choices {
  constructor(private readonly database: Database) {}

  async keep(user: string, request: SessionRequest): Promise<void> {
    const row = {
      options: JSON.stringify(lasting(request)),
      updated_at: new Date().toISOString(),
    };
    await this.database
      .insertInto('session_choice')
      .values({ user_name: user, ...row })
      .onConflict((conflict) => conflict.column('user_name').doUpdateSet(row))
      .execute();
  }

  /** `null` if there is none, or it is of a version whose requests looked different. */
  async last(user: string): Promise<SessionRequest | null> {
    const row = await this.database
      .selectFrom('session_choice')
      .select('options')
      .where('user_name', '=', user)
      .executeTakeFirst();
    if (!row) {
      return null;
    }
    const parsed = SessionRequest.safeParse(JSON.parse(row.options));
    return parsed.success ? parsed.data : null;
  }
}
