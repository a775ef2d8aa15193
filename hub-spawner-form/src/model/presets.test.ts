import type { Preset } from '@beamtime/contract';
import { HubError } from '../page/client.js';
import { sessionForm } from '../testing/fixtures.js';
import { FormStore } from './form-store.js';
import { PresetShelf } from './presets.js';

function open() {
  let kept: Preset[] = [];
  const hub = {
    fail: false,
    keepPreset: async (preset: Preset) => {
      await Promise.resolve();
      if (hub.fail) {
        throw new HubError('The hub does not answer.');
      }
      kept = [...kept.filter(({ name }) => name !== preset.name), preset];
      return kept;
    },
    forgetPreset: async (name: string) => {
      await Promise.resolve();
      kept = kept.filter((other) => other.name !== name);
      return kept;
    },
  };
  const store = new FormStore(
    { form: () => Promise.reject(new HubError('away')) },
    { form: sessionForm(), problem: '', refused: [], wish: {} },
  );
  const names = () =>
    store.value.kind === 'ready'
      ? store.value.form.presets.map(({ name }) => name)
      : [];
  return {
    hub,
    store,
    names,
    shelf: new PresetShelf(hub, store),
    kept: () => kept,
  };
}

test('keeps what is chosen, but never a reservation', async () => {
  const { store, shelf, names, kept } = open();
  store.change('reservation', { reservation: 'beam' });
  store.change('account', { account: 'ma5127' });
  expect(await shelf.save('Maps')).toBe(true);
  expect(names()).toEqual(['Maps']);
  expect(kept()[0]?.request).toMatchObject({ account: 'ma5127' });
  expect(kept()[0]?.request).not.toHaveProperty('reservation');
  expect(shelf.value.note).toContain('Maps');
});

test('renames and deletes', async () => {
  const { shelf, names, kept } = open();
  await shelf.save('Maps');
  const [preset] = kept();
  expect(preset && (await shelf.rename(preset, 'Strain'))).toBe(true);
  expect(names()).toEqual(['Strain']);
  await shelf.forget('Strain');
  expect(names()).toEqual([]);
});

test('says why nothing was kept', async () => {
  const { hub, shelf, names } = open();
  hub.fail = true;
  expect(await shelf.save('Maps')).toBe(false);
  expect(names()).toEqual([]);
  expect(shelf.value).toMatchObject({
    failed: true,
    note: 'The hub does not answer.',
  });
});

test('a preset fills the whole form, and what was chosen before is gone', () => {
  const { store } = open();
  store.change('account', { account: 'ma5127' });
  store.addExperiment('embedded:e1');
  store.fill({ partition: 'gpu', nprocs: 5, runtime: '2:00:00', qos: 'high' });
  expect(store.value).toMatchObject({
    tab: 'advanced',
    request: { partition: 'gpu', nprocs: 5, qos: 'high', experiments: [] },
  });
  expect(store.value).not.toHaveProperty('request.account');
});
