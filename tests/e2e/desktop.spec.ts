// Desktops in a tab of JupyterLab: real Xvnc, a Jupyter server of its own for each test.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TYPED } from '../facility/home.ts';
import { signal } from '../facility/marked.ts';
import { expect, test } from './desktop-fixtures.ts';
import { DesktopTab, TERMINAL } from './pages/desktop.ts';

const [BLUE = [0, 0, 0], GREEN = [0, 0, 0]] = TYPED;

test('a tile opens its program, and what is typed is seen', async ({
  desktop,
}) => {
  await desktop.open();
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  await expect(desktop.notice).toHaveCount(0);
});

test('the full desktop opens, a program on it, and logging out leads to a new one', async ({
  desktop,
}) => {
  await desktop.open('Desktop');
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  await desktop.page.keyboard.type('xfce4-session-logout --logout --fast\n');
  await expect(desktop.notice).toContainText('logged out');
  await desktop.startBy('Start again');
});

test('a cut network is said, and the desktop comes back as it was', async ({
  desktop,
  session,
}) => {
  await desktop.open();
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  session.wire.cut();
  await expect(desktop.notice).toContainText('onnection');
  session.wire.mend();
  await desktop.shows(BLUE);
  await desktop.typeColour(GREEN);
  await desktop.shows(GREEN);
});

test('after a restart of Jupyter the tab says what is lost, and starts the program again', async ({
  desktop,
  session: { jupyter },
}) => {
  await desktop.open();
  const before = await jupyter.processes();
  signal(jupyter.pid, 'SIGKILL');
  await jupyter.run();
  await expect(desktop.notice).toContainText('lost', { timeout: 60_000 });
  await desktop.startBy('Start again');
  await desktop.typeColour(GREEN);
  await desktop.shows(GREEN);
  const now = await jupyter.processes();
  expect(
    now.filter(({ pid }) => before.some((process) => process.pid === pid)),
  ).toEqual([]);
});

test('a program that has ended can be started again', async ({ desktop }) => {
  await desktop.open();
  await desktop.picture.click({ position: { x: 60, y: 160 } });
  await desktop.page.keyboard.type('exit\n');
  await expect(desktop.notice).toContainText('was closed');
  await desktop.startBy('Start again');
  await desktop.typeColour(GREEN);
  await desktop.shows(GREEN);
});

test('a reload of the page gives the same tab with the same desktop', async ({
  desktop,
}) => {
  const { page } = desktop;
  await desktop.open();
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  // JupyterLab writes its layout a second after it has changed.
  await page.waitForResponse(
    (response) =>
      response.url().includes('/lab/api/workspaces/') &&
      response.request().method() === 'PUT',
  );
  await page.goto(page.url().replace(/\?.*/, ''));
  await desktop.shows(BLUE);
});

test('a second, smaller tab does not resize the desktop', async ({
  desktop,
  session,
  context,
}) => {
  await desktop.open();
  const before = await desktop.size();
  const page = await context.newPage();
  await page.setViewportSize({ width: 800, height: 600 });
  const second = new DesktopTab(page);
  await second.goTo(session.address);
  await second.tile(TERMINAL).click();
  await second.typeColour(BLUE);
  await second.shows(BLUE);
  expect(await second.size()).toEqual(before);
  expect(await desktop.size()).toEqual(before);
  await desktop.shows(BLUE);
});

test('a screenshot is the picture, as a PNG file', async ({ desktop }) => {
  await desktop.open();
  const panel = await desktop.popover(/Screenshot/, 'Screenshot');
  const [download] = await Promise.all([
    desktop.page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download PNG' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
  const png = await readFile(await download.path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const { width, height } = await desktop.size();
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
});

test('a file that is dropped on the picture arrives in ~/Desktop', async ({
  desktop,
  session,
}) => {
  await desktop.open();
  const files = await desktop.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['42 keV\n'], 'notes.txt'));
    return transfer;
  });
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await desktop.picture.dispatchEvent(type, { dataTransfer: files });
  }
  const file = path.join(session.home, 'Desktop/notes.txt');
  await expect
    .poll(() => readFile(file, 'utf8').catch(() => null))
    .toBe('42 keV\n');
});
