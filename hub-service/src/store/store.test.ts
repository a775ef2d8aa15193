import type { SessionRequest } from '@beamtime/contract';
import { temporaryFolder } from '../testing/facility.js';
import { TestPostgres } from '../testing/postgres.js';
import { Bookmarks } from './bookmarks.js';
import { Choices } from './choices.js';
import { migrate } from './database.js';
import { Presets } from './presets.js';
import { openStore, type Store } from './store.js';

const REQUEST: SessionRequest = {
  partition: 'cpu',
  nprocs: 4,
  memory: '8G',
  runtime: '4:00:00',
};

const tell = (problem: string | null) => {
  if (problem !== null) {
    throw new Error(problem);
  }
};

/** Somewhere to keep things, and how to open it again. */
type Place = { open(): Promise<Store> } & AsyncDisposable;

const PLACES: [string, () => Promise<Place>][] = [
  [
    'SQLite',
    async () => {
      await Promise.resolve();
      const folder = temporaryFolder();
      return {
        open: () => openStore(folder.path, undefined, tell),
        [Symbol.asyncDispose]: async () => {
          await Promise.resolve();
          folder[Symbol.dispose]();
        },
      };
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const server = await TestPostgres.start();
      return {
        open: () => openStore('/nowhere', { url: server.url() }, tell),
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      };
    },
  ],
];

describe.each(PLACES)('the store in %s', (_, makePlace) => {
  let place: Place;
  let store: Store;

  beforeAll(async () => {
    place = await makePlace();
  }, 60_000);
  beforeEach(async () => {
    store = await place.open();
    await store.ready;
    for (const table of ['session_choice', 'preset', 'bookmark'] as const) {
      await store.database.deleteFrom(table).execute();
    }
  }, 60_000);
  afterEach(() => store.close());
  afterAll(() => place[Symbol.asyncDispose]());

  test('remembers each person’s last choice, without its reservation', async () => {
    const choices = new Choices(store.database);
    expect(await choices.last('alice')).toBeNull();
    await choices.keep('alice', { ...REQUEST, nprocs: 2 });
    await choices.keep('alice', { ...REQUEST, reservation: 'bx11' });
    await choices.keep('bøb – “x”', { ...REQUEST, nprocs: 7 });
    expect(await choices.last('alice')).toEqual(REQUEST);
    expect(await choices.last('bøb – “x”')).toMatchObject({ nprocs: 7 });
  });

  test('a choice of another version is none', async () => {
    await store.database
      .insertInto('session_choice')
      .values({ user_name: 'alice', options: '{"cores": 3}', updated_at: '' })
      .execute();
    expect(await new Choices(store.database).last('alice')).toBeNull();
  });

  test('presets come by name, are replaced, and are each person’s own', async () => {
    const presets = new Presets(store.database);
    for (const name of ['Zebra', 'fits', 'Übersicht', 'Fits 2', 'Ärger']) {
      await presets.keep('alice', { name, request: REQUEST });
    }
    await presets.keep('alice', {
      name: 'fits',
      request: { ...REQUEST, nprocs: 8, reservation: 'bx11' },
    });
    await presets.keep('bob', { name: 'his', request: REQUEST });
    const kept = await presets.of('alice');
    expect(kept.map(({ name }) => name)).toEqual([
      'Ärger',
      'fits',
      'Fits 2',
      'Übersicht',
      'Zebra',
    ]);
    expect(kept[1]?.request).toEqual({ ...REQUEST, nprocs: 8 });
    await presets.forget('alice', 'fits');
    await presets.forget('alice', 'his');
    expect(await presets.of('alice')).toHaveLength(4);
    expect(await presets.of('bob')).toHaveLength(1);
  });

  test('fifty presets are as many as one may have', async () => {
    const presets = new Presets(store.database);
    for (let n = 0; n < 50; n++) {
      await presets.keep('alice', { name: `preset ${n}`, request: REQUEST });
    }
    await expect(
      presets.keep('alice', { name: 'one more', request: REQUEST }),
    ).rejects.toThrow(/You have 50 presets/);
    await presets.keep('alice', { name: 'preset 7', request: REQUEST });
    expect(await presets.of('alice')).toHaveLength(50);
  });

  test('marked and recent experiments come newest first, and are each person’s own', async () => {
    const bookmarks = new Bookmarks(store.database, () => new Date(0));
    for (let n = 1; n <= 22; n++) {
      await bookmarks.opened('alice', `icat:${n}`);
      await bookmarks.mark('alice', `icat:${n}`);
    }
    await bookmarks.opened('alice', 'icat:9');
    await bookmarks.unmark('alice', 'icat:22');
    await bookmarks.mark('bob', 'icat:1');
    const { favourites, recent } = await bookmarks.of('alice');
    expect(favourites).toHaveLength(21);
    expect(favourites[0]).toBe('icat:21');
    expect(recent).toHaveLength(20);
    expect(recent.slice(0, 3)).toEqual(['icat:9', 'icat:22', 'icat:21']);
    expect(await bookmarks.of('bob')).toEqual({
      favourites: ['icat:1'],
      recent: [],
    });
  });

  test('two hundred favourites are as many as one may have', async () => {
    const bookmarks = new Bookmarks(store.database);
    for (let n = 0; n < 200; n++) {
      await bookmarks.mark('alice', `icat:${n}`);
    }
    await expect(bookmarks.mark('alice', 'icat:x')).rejects.toThrow(
      /You have 200 favourites/,
    );
    await bookmarks.mark('alice', 'icat:7');
    expect((await bookmarks.of('alice')).favourites[0]).toBe('icat:7');
  });

  test('many at once lose nothing', async () => {
    const presets = new Presets(store.database);
    const people = Array.from({ length: 40 }, (_, n) => `user${n}`);
    await Promise.all(
      people.map((name) => presets.keep(name, { name, request: REQUEST })),
    );
    for (const name of people) {
      expect(await presets.of(name)).toEqual([{ name, request: REQUEST }]);
    }
  });

  test('is there after a restart, and its tables are made once', async () => {
    await new Choices(store.database).keep('alice', REQUEST);
    await store.close();
    store = await place.open();
    await store.ready;
    await migrate(store.database);
    expect(await new Choices(store.database).last('alice')).toEqual(REQUEST);
  });

  test('of a newer Beamtime it is not touched', async () => {
    const later = { name: '9999-of-the-future', timestamp: '2030' };
    const history = store.database.withTables<{
      kysely_migration: typeof later;
    }>();
    await history.insertInto('kysely_migration').values(later).execute();
    try {
      await expect(migrate(store.database)).rejects.toThrow(/9999-of-the/);
    } finally {
      await history
        .deleteFrom('kysely_migration')
        .where('name', '=', later.name)
        .execute();
    }
  });
});
