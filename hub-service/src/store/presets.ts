import { Preset } from '@beamtime/contract';
import { Refusal } from '../refusal.js';
import type { Database } from './database.js';
import { lasting } from './lasting.js';

/** More would be no help to their owner. */
const MOST = 50;

/** The choices that people have given a name, kept until they remove them. */
export class Presets {
  constructor(private readonly database: Database) {}

  /** By name. One of a version whose requests looked different is left out. */
  async of(user: string): Promise<Preset[]> {
    const rows = await this.database
      .selectFrom('preset')
      .select(['name', 'options'])
      .where('user_name', '=', user)
      .execute();
    const presets = rows.flatMap(({ name, options }) => {
      const request: unknown = JSON.parse(options);
      const parsed = Preset.safeParse({ name, request });
      return parsed.success ? [parsed.data] : [];
    });
    // Not in SQL: each engine sorts names in a way of its own.
    return presets.sort((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * Keeps a preset, in place of one of the same name. A reservation is never part of it.
   *
   * @throws {Refusal} `bad-request` if the person has as many as one may have.
   */
  async keep(user: string, { name, request }: Preset): Promise<void> {
    const row = {
      options: JSON.stringify(lasting(request)),
      updated_at: new Date().toISOString(),
    };
    await this.database.transaction().execute(async (transaction) => {
      const others = await transaction
        .selectFrom('preset')
        .select('name')
        .where('user_name', '=', user)
        .where('name', '!=', name)
        .execute();
      if (others.length >= MOST) {
        throw new Refusal(
          'bad-request',
          `You have ${String(MOST)} presets, and more cannot be kept. Remove one first.`,
        );
      }
      await transaction
        .insertInto('preset')
        .values({ user_name: user, name, ...row })
        .onConflict((conflict) =>
          conflict.columns(['user_name', 'name']).doUpdateSet(row),
        )
        .execute();
    });
  }

  /** Forgets a preset; one that is not there is gone already. */
  async forget(user: string, name: string): Promise<void> {
    await this.database
      .deleteFrom('preset')
      .where('user_name', '=', user)
      .where('name', '=', name)
      .execute();
  }
}
