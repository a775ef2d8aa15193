import { HubError } from '../page/client.js';
import { sessionForm } from '../testing/fixtures.js';
import { OWN } from './choice.js';
import { FormStore } from './form-store.js';
import { OwnSoftwareCheck } from './own-software.js';

let check: OwnSoftwareCheck;
beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  check.dispose();
  jest.useRealTimers();
});

function open(ask: () => Promise<{ ok: boolean; checks: [] }>) {
  const asked: object[] = [];
  const store = new FormStore(
    { form: () => Promise.reject(new HubError('away')) },
    { form: sessionForm(), problem: '', refused: [], wish: {} },
  );
  check = new OwnSoftwareCheck(
    {
      checkEnvironment: (software) => {
        asked.push(software);
        return ask();
      },
    },
    store,
  );
  return { store, asked };
}

test('looks at a path once it is one, and not while it is typed', async () => {
  const found = { ok: true, checks: [] } as { ok: boolean; checks: [] };
  const { store, asked } = open(() => Promise.resolve(found));
  store.change('own', { ownPath: '~/envs/mine/bin' });
  store.change('software', { environment: OWN });
  store.change('own', { ownPath: 'envs' });
  expect(check.value).toEqual({ kind: 'none' });
  store.change('own', { ownPath: '~/envs/b' });
  store.change('own', { ownPath: '~/envs/bin' });
  store.change('modules', { ownModules: 'gcc/13, cuda/12' });
  expect(check.value).toEqual({ kind: 'asking' });
  await jest.runAllTimersAsync();
  expect(asked).toEqual([
    { path: '~/envs/bin', modules: ['gcc/13', 'cuda/12'] },
  ]);
  expect(check.value).toEqual({ kind: 'found', check: found });
  store.change('software', { environment: 'analysis' });
  expect(check.value).toEqual({ kind: 'none' });
});

test('says why it could not look', async () => {
  const { store } = open(() => Promise.reject(new HubError('No answer.')));
  store.change('software', { environment: OWN });
  store.change('own', { ownPath: '/x' });
  await jest.runAllTimersAsync();
  expect(check.value).toEqual({ kind: 'failed', message: 'No answer.' });
});
