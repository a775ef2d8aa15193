import type { FieldError, FormData as SessionForm } from '@beamtime/contract';
import { HubError } from '../page/client.js';
import { sessionForm } from '../testing/fixtures.js';
import { FormStore } from './form-store.js';
import type { Wish } from './wish.js';

const { signal } = new AbortController();

class FakeHub {
  answer: () => SessionForm = () => sessionForm();
  hubTime: number | null = null;
  readonly form = async () => {
    await Promise.resolve();
    return { form: this.answer(), hubTime: this.hubTime };
  };
}

function open(
  form: SessionForm | null,
  { refused = [], wish = {} }: { refused?: FieldError[]; wish?: Wish } = {},
) {
  const hub = new FakeHub();
  const store = new FormStore(hub, {
    form,
    problem: 'No service.',
    refused,
    wish,
  });
  return { hub, store };
}

/** The state, if there is a form. */
function ready(store: FormStore) {
  const state = store.value;
  if (state.kind !== 'ready') {
    throw new Error(`The form is not there: ${state.problem}`);
  }
  return state;
}

test('every change is told, and is in the request', () => {
  const { store } = open(sessionForm());
  let told = 0;
  store.subscribe(() => (told += 1));
  store.addExperiment('embedded:e1');
  store.addExperiment('embedded:e2');
  store.addExperiment('embedded:e2');
  store.removeExperiment('embedded:e1');
  store.change('software', { environment: 'imaging' });
  store.choosePartition('gpu');
  store.change('gpus', { gpus: { number: 2, type: 'a100' } });
  store.change('cores', { amount: { kind: 'share', share: 'half' } });
  store.change('time', { runtime: '1:00:00' });
  expect(told).toBe(9);
  expect(ready(store)).toMatchObject({
    blocked: false,
    request: {
      experiments: ['embedded:e2'],
      environment_id: 'imaging',
      partition: 'gpu',
      nprocs: 16,
      memory: '131072M',
      ngpus: 2,
      gpu_type: 'a100',
      runtime: '01:00:00',
    },
  });
});

test('no experiment takes all of them out', () => {
  const { store } = open(sessionForm(), { wish: { experiments: ['a:1'] } });
  store.change('experiments', { experiments: [] });
  expect(ready(store).request.experiments).toEqual([]);
});

test('new figures leave the choice alone', async () => {
  const { hub, store } = open(sessionForm());
  store.choosePartition('gpu');
  store.change('cores', { amount: { kind: 'share', share: 'whole' } });
  const before = ready(store).choice;
  const fresh = sessionForm();
  fresh.cluster.asOf = '2026-11-21T15:00:00Z';
  hub.answer = () => fresh;
  await store.refresh(signal);
  expect(ready(store).form).toBe(fresh);
  expect(ready(store).choice).toBe(before);
});

test('a partition that closes meanwhile stays chosen, with the reason', async () => {
  const { hub, store } = open(sessionForm());
  const fresh = sessionForm();
  for (const partition of fresh.cluster.partitions) {
    partition.state = partition.name === 'cpu' ? 'drain' : partition.state;
  }
  hub.answer = () => fresh;
  await store.refresh(signal);
  const { choice, problems, blocked } = ready(store);
  expect(choice.partition).toBe('cpu');
  expect(problems.where).toEqual([
    'cpu is closed: its state is "drain". Choose one of gpu, short.',
  ]);
  expect(blocked).toBe(true);
});

test('old figures stay when the hub does not answer, and say so until it does', async () => {
  const { hub, store } = open(sessionForm());
  hub.answer = () => {
    throw new HubError('The hub does not answer.');
  };
  await store.refresh(signal);
  expect(ready(store).stale).toBe('The hub does not answer.');
  store.change('time', { runtime: '1:00:00' });
  expect(ready(store).stale).toBe('The hub does not answer.');
  hub.answer = () => sessionForm();
  await store.refresh(signal);
  expect(ready(store).stale).toBeNull();
});

test('a fault of ours is not hidden', async () => {
  const { hub, store } = open(sessionForm());
  hub.answer = () => {
    throw new TypeError('ours');
  };
  await expect(store.refresh(signal)).rejects.toThrow('ours');
});

test('takes the age by the hub’s clock', async () => {
  const { hub, store } = open(sessionForm());
  hub.hubTime = Date.now() + 300_000;
  await store.refresh(signal);
  const { clockOffset } = ready(store);
  expect(Math.abs(clockOffset - 300_000)).toBeLessThan(5000);
});

test('without a form it says why, and opens as soon as there is one', async () => {
  const { hub, store } = open(null, { wish: { partition: 'gpu' } });
  expect(store.value).toEqual({
    kind: 'failed',
    problem: 'No service.',
    asking: false,
  });
  hub.answer = () => {
    throw new HubError('Still not.');
  };
  const asked = store.refresh(signal);
  expect(store.value).toMatchObject({ asking: true });
  await asked;
  expect(store.value).toMatchObject({ problem: 'Still not.', asking: false });
  hub.answer = () => sessionForm();
  await store.refresh(signal);
  expect(ready(store).choice.partition).toBe('gpu');
});

describe('after a refusal', () => {
  const refused: FieldError[] = [
    { field: 'experiments', message: 'Not yours.' },
    { field: 'nprocs', message: 'Too much today.' },
    { field: '', message: 'Slurm says no.' },
    { field: 'unheard-of', message: 'Nobody knows.' },
  ];

  test('each error stands at its field, the others on top', () => {
    const { store } = open(sessionForm(), { refused });
    expect(ready(store).problems).toMatchObject({
      experiments: ['Not yours.'],
      cores: ['Too much today.'],
      other: ['Slurm says no.', 'Nobody knows.'],
      time: [],
    });
  });

  test('what only the hub knows may be tried again', () => {
    const { store } = open(sessionForm(), { refused });
    expect(ready(store).blocked).toBe(false);
  });

  test('an error goes when its field is changed', () => {
    const { store } = open(sessionForm(), { refused });
    store.change('experiments', { experiments: [] });
    expect(ready(store).problems.experiments).toEqual([]);
    expect(ready(store).problems.cores).toEqual(['Too much today.']);
    store.choosePartition('gpu');
    expect(ready(store).problems.cores).toEqual([]);
  });

  test('what the rules say as well is said once', () => {
    const message =
      'A machine of cpu gives at most 32 cores; you ask for 99 cores.';
    const { store } = open(sessionForm(), {
      refused: [{ field: 'nprocs', message }],
      wish: { partition: 'cpu', nprocs: 99 },
    });
    expect(ready(store).problems.cores).toEqual([message]);
    expect(ready(store).blocked).toBe(true);
  });
});

test('software that is not there is refused here already', () => {
  const { store } = open(sessionForm(), { wish: { environment_id: 'gone' } });
  expect(ready(store).problems.software).toEqual([
    'There is no environment "gone" here. There are: analysis, imaging.',
  ]);
});
