import type { Asking, Viewer } from './adapter.js';

/** Who is staff of what by the groups of the hub, as the site has configured it. */
export class Roles {
  /**
   * @param staffGroups - whose members see every experiment, as the hub's admins do.
   * @param instrumentGroups - instrument to groups whose members see its experiments.
   */
  constructor(
    private readonly staffGroups: readonly string[],
    private readonly instrumentGroups: Readonly<
      Record<string, readonly string[]>
    >,
  ) {}

  staffOf(viewer: Viewer): Asking['staffOf'] {
    if (viewer === null) {
      return [];
    }
    const has = (group: string) => viewer.groups.includes(group);
    return viewer.admin || this.staffGroups.some(has)
      ? 'all'
      : Object.entries(this.instrumentGroups).flatMap(([instrument, groups]) =>
          groups.some(has) ? [instrument] : [],
        );
  }
}
