import { ExperimentPage, FormData, Plan, Presets } from '@beamtime/contract';
import { statSync } from 'node:fs';
import { caller, FACILITY, writeCatalogue } from '../testing/facility.js';
import { runningService, untilReady } from '../testing/running-service.js';
import { Service } from '../service.js';
import { Choices } from '../store/choices.js';
import { openSqlite } from '../store/sqlite.js';
import path from 'node:path';

/** Any text of that form; typed, as jest's own matcher is not. */
const saying = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const request = { partition: 'local', nprocs: 1, runtime: '1:00:00' };
const asks = (name: string, options: unknown, starting = false) => ({
  caller: caller(name),
  server: '',
  options,
  starting,
});

test('only the service’s account can open the socket', async () => {
  await using service = await runningService();
  expect(statSync(service.site.socket).mode & 0o777).toBe(0o600);
  expect(await service.ask('health')).toEqual({
    status: 200,
    body: { ok: true },
  });
});

test('plans what can run, with the experiment’s folder and the first environment', async () => {
  await using service = await runningService();
  const { status, body } = await service.ask(
    'plan',
    asks('alice', { ...request, experiments: ['embedded:steel'] }),
  );
  expect(status).toBe(200);
  expect(Plan.parse(body)).toEqual({
    ok: true,
    batch: {
      partition: 'local',
      nprocs: '1',
      memory: '',
      runtime: '01:00:00',
      gres: '',
    },
    environmentPath: '/opt/env/bin',
    modules: [],
    experiments: [
      {
        key: 'embedded:steel',
        slug: 'MA-5127-BX11-1',
        title: 'Crack growth in duplex steel',
        dataPath: '/data/MA-5127',
      },
    ],
    summary: '1 core on local for 1 hour, with MA-5127-BX11-1.',
  });
});

test.each([
  [
    'experiments',
    { experiments: ['embedded:steel'] },
    /no experiment embedded:steel/,
  ],
  ['experiments', { experiments: ['embedded:none'] }, /no experiment/],
  ['experiments', { experiments: ['other:steel'] }, /no experiment/],
  ['experiments', { experiments: ['embedded:outside'] }, /no data folder/],
  ['environment_id', { environment_id: 'x' }, /There are: default, old/],
  ['partition', { partition: 'gpu' }, /no partition "gpu"/],
  ['nprocs', { nprocs: 999_999 }, /at most \d+ cores/],
  ['nprocs', { nprocs: '4' }, /whole number of cores/],
  ['runtime', { runtime: 'for ever' }, /hours:minutes:seconds/],
  ['', { cmd: 'reboot' }, /"cmd"/],
])(
  'refuses at the field %j what bob may not have: %j',
  async (field, more, message) => {
    await using service = await runningService();
    const { body } = await service.ask(
      'plan',
      asks('bob', { ...request, ...more }),
    );
    expect(Plan.parse(body)).toMatchObject({
      ok: false,
      errors: [{ field, message: saying(message) }],
    });
  },
);

test.each([null, 'text', []])(
  'refuses options that are %j',
  async (options) => {
    await using service = await runningService();
    const { body } = await service.ask('plan', asks('bob', options));
    expect(Plan.parse(body).ok).toBe(false);
  },
);

test('offers what was started last, without what is gone', async () => {
  await using service = await runningService();
  const form = async () => {
    const answer = await service.ask('form', {
      caller: caller('alice'),
      server: '',
    });
    return FormData.parse(answer.body);
  };
  const chosen = { ...request, experiments: ['embedded:steel'] };
  await service.ask('plan', asks('alice', chosen));
  expect((await form()).last).toBeNull();
  await service.ask('plan', asks('alice', { ...chosen, nprocs: 0 }, true));
  expect((await form()).last).toBeNull();
  await service.ask('plan', asks('alice', chosen, true));
  expect((await form()).last).toEqual(chosen);

  await service.service.stop();
  writeCatalogue(path.dirname(service.site.socket), {
    ...FACILITY,
    experiments: [],
  });
  const again = await Service.start({
    env: service.environment,
    uid: 1000,
    log: false,
  });
  await untilReady(again);
  expect((await form()).last).toEqual(request);
  await again.stop();
});

test('keeps presets by person and name, never a reservation', async () => {
  await using service = await runningService();
  const ask = async (what: string, more: object, name = 'alice') => {
    const { body } = await service.ask(what, { caller: caller(name), ...more });
    return Presets.parse(body).presets;
  };
  const keep = (name: string, more: object = {}) =>
    ask('presets/keep', { preset: { name, request: { ...request, ...more } } });
  await keep('Tomo', { reservation: 'beamtime', nprocs: 2 });
  await keep('Älles', { environment_id: 'old' });
  const kept = [
    { name: 'Älles', request: { ...request, environment_id: 'old' } },
    { name: 'Tomo', request: { ...request, nprocs: 4 } },
  ];
  expect(await keep('Tomo', { reservation: 'beamtime', nprocs: 4 })).toEqual(
    kept,
  );
  expect(await ask('presets', {})).toEqual(kept);
  expect(await ask('presets', {}, 'bob')).toEqual([]);
  const { body } = await service.ask('form', {
    caller: caller('alice'),
    server: '',
  });
  expect(FormData.parse(body).presets).toEqual(kept);
  expect(await ask('presets/forget', { name: 'Tomo' }, 'bob')).toEqual([]);
  expect(await ask('presets/forget', { name: 'Tomo' })).toEqual([kept[0]]);
  expect(await ask('presets/forget', { name: 'Tomo' })).toEqual([kept[0]]);
});

test('keeps fifty presets of a person, and says when there are more', async () => {
  await using service = await runningService();
  const keep = (name: string) =>
    service.ask('presets/keep', {
      caller: caller('alice'),
      preset: { name, request },
    });
  for (let n = 0; n < 50; n++) {
    expect((await keep(`preset ${n}`)).status).toBe(200);
  }
  expect(await keep('one more')).toMatchObject({
    status: 400,
    body: { message: saying(/You have 50 presets/) },
  });
  expect((await keep('preset 7')).status).toBe(200);
});

test('remembers the last choice without its reservation', async () => {
  const choice = { ...request, reservation: 'beamtime', root_dir: '~/x' };
  const database = await openSqlite(null);
  const choices = new Choices(database);
  await choices.keep('alice', choice);
  expect(await choices.last('alice')).toEqual({ ...request, root_dir: '~/x' });
  await database.destroy();
});

test.each([
  [{ interface: 'notebook' }, { defaultUrl: '/tree' }],
  [
    { interface: 'notebook', default_url: '/lab/tree/a' },
    { defaultUrl: '/lab/tree/a' },
  ],
  [{ root_dir: '~/notes' }, { rootDir: '~/notes' }],
  [{ environment_id: 'old' }, { modules: ['py/3'] }],
  [
    { environment_path: '~/envs/x/bin', environment_modules: ['gcc'] },
    { environmentPath: '~/envs/x/bin', modules: ['gcc'], custom: true },
  ],
  [{ environment_path: '/i/x.sif' }, { image: '/i/x.sif', custom: true }],
])('plans %j as %j', async (more, planned) => {
  await using service = await runningService();
  const { body } = await service.ask(
    'plan',
    asks('alice', { ...request, ...more }),
  );
  expect(Plan.parse(body)).toMatchObject({ ok: true, ...planned });
});

test('gives the form no path of an environment', async () => {
  await using service = await runningService();
  const { body } = await service.ask('form', {
    caller: caller('alice'),
    server: '',
  });
  const form = FormData.parse(body);
  expect(form.policy.environments.map(({ id }) => id)).toEqual([
    'default',
    'old',
  ]);
  expect(form.experiments.items.map(({ ref }) => ref.id)).toEqual([
    'steel',
    'marble',
  ]);
  expect(form.cluster.partitions[0]?.name).toBe('local');
  expect(JSON.stringify(body)).not.toContain('/opt/env');
});

test('searches for the hub’s handlers', async () => {
  await using service = await runningService();
  const { body } = await service.ask('experiments', {
    caller: caller('bob'),
    query: { text: 'marble', limit: 5 },
  });
  expect(ExperimentPage.parse(body).items.map(({ ref }) => ref.id)).toEqual([
    'marble',
  ]);
});

test.each([
  ['plan', {}],
  ['form', { caller: { name: '' } }],
  ['presets', {}],
  ['presets/forget', { caller: caller('bob') }],
  ['experiments', { caller: caller('bob'), query: { limit: 0 } }],
  ['jobs', { ids: ['7; scancel 8'] }],
])('says what is wrong with a question to %s', async (path, body) => {
  await using service = await runningService();
  expect(await service.ask(path, body)).toEqual({
    status: 400,
    body: {
      code: 'bad-request',
      message: saying(/The question is not understood: \w/),
    },
  });
});

test('of a site that names its partitions, no others are shown or taken', async () => {
  await using service = await runningService({
    config: (site) => {
      const { policy } = site as { policy: object };
      return { ...site, policy: { ...policy, onlyPartitions: ['elsewhere'] } };
    },
  });
  const form = await service.ask('form', {
    caller: caller('alice'),
    server: '',
  });
  expect(FormData.parse(form.body).cluster.partitions).toEqual([]);
  const plan = await service.ask('plan', asks('alice', request));
  expect(plan.body).toMatchObject({
    ok: false,
    errors: [
      { field: 'partition', message: saying(/^There is no partition "local"/) },
    ],
  });
});
