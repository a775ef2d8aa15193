import { execFile } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { binary, inCheckout } from '../../scripts/shared/paths.mjs';
import { Program } from '../facility/program.ts';
import { test } from './desktop-fixtures.ts';
import { Hdf5Tab } from './pages/hdf5.ts';
import { watchFaults } from './watch.ts';

const run = promisify(execFile);

const python = (script: string, ...args: string[]) =>
  run(binary('lab', 'python'), [
    inCheckout('tests/facility/data', script),
    ...args,
  ]);

/**
 * What @react-three/fiber throws, into the void, when its canvas is taken away while it is
 * still being made: here by a tab that is closed at once.
 */
const ON_CLOSING =
  /^uncaught: TypeError: Cannot read properties of null \(reading 'addEventListener'\)/;

test('damaged and hostile files end in words or a tree, and JupyterLab goes on', async ({
  page,
  session,
}) => {
  test.setTimeout(600_000);
  const folder = path.join(session.home, 'damaged');
  const { stdout } = await python('damaged.py', folder);
  expect(Number(stdout)).toBeGreaterThanOrEqual(60);
  const faults = watchFaults(page, new URL(session.address).origin);
  const tab = new Hdf5Tab(page);
  await page.goto(session.address);
  await tab.openFolder('damaged');
  const files = await tab.listed();
  expect(files).toHaveLength(Number(stdout));
  const told: string[] = [];
  for (const file of files) {
    await tab.open(file);
    told.push(`${file}: ${await tab.outcome()}`);
    await tab.lookAround(2);
    await tab.close();
  }
  // What the person is told of the plainest of them.
  expect(told).toContain('empty.h5: empty.h5 is empty');
  expect(told).toContain('text.h5: text.h5 is not an HDF5 file');
  expect(told).toContain('netcdf3.h5: netcdf3.h5 is not an HDF5 file');
  expect(told).toContainEqual(
    expect.stringMatching(/^cut\d\d\.h5: .* is cut short$/),
  );
  expect(told).toContain('odd-nexus.h5: tree');
  expect(faults.filter((fault) => !ON_CLOSING.test(fault))).toEqual([]);
});

test('a large line asks first, is an overview then, and refines', async ({
  page,
  session,
}) => {
  await python('samples.py', 'line', path.join(session.home, 'line.h5'));
  const tab = new Hdf5Tab(page);
  await page.goto(session.address);
  await tab.open('line.h5');
  await tab.select('y');
  const offer = page.getByRole('form', { name: 'Large dataset' });
  await expect(offer).toContainText('This is large: 80 MB');
  await expect(offer).toContainText('20,000,000 numbers');
  await expect(offer.getByRole('radio', { name: 'An overview' })).toBeChecked();
  const detail = page.waitForRequest(
    (request) =>
      request.url().includes('/beamtime/hdf5/line') &&
      !(request.postData() ?? '').includes('"start":0,'),
  );
  await offer.getByRole('button', { name: 'Show' }).press('Enter');
  const canvas = tab.view.locator('canvas');
  await expect(canvas).toBeVisible();
  await canvas.hover();
  await page.mouse.wheel(0, -600);
  await detail;
});

test('Live follows a file that grows, and keeps the place', async ({
  page,
  session,
}) => {
  const file = path.join(session.home, 'live.h5');
  const writer = new Program(
    'The live writer',
    [
      binary('lab', 'python'),
      inCheckout('tests/facility/data/samples.py'),
      'live',
      file,
    ],
    { logFile: path.join(session.home, 'writer.log') },
  );
  await writer.until(
    () =>
      access(file).then(
        () => true,
        () => false,
      ),
    30,
  );
  const tab = new Hdf5Tab(page);
  await page.goto(session.address);
  // The second is virtual: its own file never changes, the one that it is made of does.
  for (const name of ['live.h5', 'live_master.h5']) {
    await tab.open(name);
    await expect(tab.view.locator('canvas')).toBeVisible();
    await tab.frame.focus();
    await page.keyboard.press('ArrowUp');
    await expect(tab.frame).toHaveAttribute('aria-valuenow', '1');
    const before = await tab.frames();
    await tab.live.click();
    await expect.poll(() => tab.frames()).toBeGreaterThan(before + 1);
    await expect(tab.frame).toHaveAttribute('aria-valuenow', '1');
  }
  await writer.stop();
});

test('a cell of a notebook shows a file at a path, and opens it in a tab', async ({
  page,
  session,
}) => {
  const source = [
    'import h5py, numpy',
    'from beamtime_lab import view',
    'with h5py.File("scan.h5", "w") as file:',
    '    file["entry/data"] = numpy.arange(10_000.0).reshape(100, 100)',
    'view("scan.h5", "/entry/data")',
  ].join('\n');
  const cell = { cell_type: 'code', id: 'a', source, metadata: {} };
  const notebook = {
    cells: [{ ...cell, outputs: [], execution_count: null }],
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await writeFile(
    path.join(session.home, 'look.ipynb'),
    JSON.stringify(notebook),
  );
  const tab = new Hdf5Tab(page);
  await page.goto(session.address);
  await tab.open('look.ipynb');
  await expect(page.getByText(/\(ipykernel\) \| Idle/)).toBeVisible({
    timeout: 90_000,
  });
  await page.getByText('from beamtime_lab import view').click();
  await page.keyboard.press('Shift+Enter');
  const output = page.locator('.bt-NotebookView');
  await expect(output.locator('canvas')).toBeVisible({ timeout: 90_000 });
  await expect(
    output.getByRole('treeitem', { name: 'data', exact: true }),
  ).toHaveAttribute('aria-selected', 'true');
  await output.getByRole('button', { name: 'Open in a tab' }).click();
  await expect(
    page.getByRole('tab', { name: 'scan.h5', selected: true }),
  ).toBeVisible();
  await expect(tab.view.locator('canvas').first()).toBeVisible();
});
