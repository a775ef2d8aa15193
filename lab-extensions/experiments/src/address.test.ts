import { Router } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';
import { addAddress, PATTERN, readAddress } from './address.js';
import { away, link } from './fakes.js';

test('an address names an experiment, a file and a path in it', () => {
  const search =
    '?beamtime-experiment=icat%3A7&x=1&beamtime-file=raw%2Fa%20b.h5&beamtime-at=%2Fentry';
  expect(PATTERN.test(search)).toBe(true);
  expect(readAddress('/lab', search, '#h')).toEqual({
    key: 'icat:7',
    relPath: 'raw/a b.h5',
    path: '/entry',
    rest: '/lab?x=1#h',
  });
});

test('an experiment alone will do, without one there is nothing to open', () => {
  expect(readAddress('/lab', '?beamtime-experiment=icat%3A7')).toEqual({
    key: 'icat:7',
    relPath: null,
    path: null,
    rest: '/lab',
  });
  expect(readAddress('/lab', '?beamtime-file=raw/a.h5')).toBeNull();
});

/** A page whose address is this one; gives what was done there. */
async function visit(
  search: string,
  answer = () => Promise.resolve(link('7')),
) {
  window.history.replaceState(null, '', `/lab${search}`);
  const commands = new CommandRegistry();
  const done: unknown[] = [];
  for (const id of ['beamtime:open-experiment', 'beamtime:open-file']) {
    commands.addCommand(id, { execute: (args) => done.push([id, args]) });
  }
  const router = new Router({ base: '/', commands });
  addAddress({ commands, restored: Promise.resolve() }, router, {
    link: (key) => {
      done.push(['link', key]);
      return answer();
    },
  });
  await router.route();
  // What was begun when the page stood is done when its address is plain again.
  while (window.location.search.includes('beamtime')) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return done;
}

test('an experiment that is opened by its address comes into the session', async () => {
  const opened = ['beamtime:open-experiment', { key: 'embedded:7' }];
  expect(await visit('?beamtime-experiment=embedded:7')).toEqual([
    opened,
    ['link', 'embedded:7'],
  ]);
  expect(
    await visit('?beamtime-experiment=embedded:7', () => Promise.reject(away)),
  ).toHaveLength(2);
});

test('a file that is opened by its address brings its experiment along', async () => {
  expect(
    await visit('?beamtime-experiment=embedded:7&beamtime-file=raw/a.h5'),
  ).toEqual([
    ['beamtime:open-experiment', { key: 'embedded:7' }],
    [
      'beamtime:open-file',
      { key: 'embedded:7', relPath: 'raw/a.h5', path: null },
    ],
  ]);
});
