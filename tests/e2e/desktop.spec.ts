// Desktops in a tab of JupyterLab, how they live and end: real Xvnc, a Jupyter server of its own for each test.
import { TYPED } from '../facility/home.ts';
import { signal } from '../facility/marked.ts';
import { expect, test } from './desktop-fixtures.ts';
import { DesktopTab, TERMINAL } from './pages/desktop.ts';

const [BLUE, GREEN] = TYPED;

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
  const old = new Set(before.map(({ pid }) => pid));
  await expect
    .poll(async () => {
      const now = await jupyter.processes();
      return now.filter(({ pid }) => old.has(pid));
    })
    .toEqual([]);
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

test('two desktops run, and the list of what runs shuts them down', async ({
  desktop,
  session: { jupyter },
}) => {
  const { page } = desktop;
  const displays = async () =>
    (await jupyter.processes()).filter(({ command }) =>
      /X(tiger)?vnc /.test(command),
    );
  await desktop.open();
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  await page.locator('#jp-main-dock-panel .lm-TabBar-addButton').click();
  await desktop.open('Desktop');
  await expect.poll(displays).toHaveLength(2);

  await page
    .getByRole('tab', { name: 'Running Terminals and Kernels' })
    .click();
  const list = page.getByRole('region', { name: 'Desktops Section' });
  const entry = list.getByRole('treeitem').filter({ hasText: TERMINAL });
  await expect(entry).toBeVisible();
  await entry.hover();
  // JupyterLab's own button, which has no name.
  await entry.getByTitle('Shut down').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Shut down' })
    .click();
  await expect.poll(displays).toHaveLength(1);
  await expect(entry).toHaveCount(0);
});

test('a reload of the page gives the same tab with the same desktop', async ({
  desktop,
}) => {
  const { page } = desktop;
  await desktop.open();
  await desktop.typeColour(BLUE);
  await desktop.shows(BLUE);
  // JupyterLab writes its layout a second after it has changed.
  const { origin } = new URL(page.url());
  await expect
    .poll(async () => {
      const saved = `${origin}/lab/api/workspaces/default`;
      return (await page.request.get(saved)).text();
    })
    .toContain('beamtime-desktop:');
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
