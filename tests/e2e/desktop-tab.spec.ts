// What the tab of a desktop offers beside the picture.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { TYPED } from '../facility/home.ts';
import { expect, test } from './desktop-fixtures.ts';
import { TERMINAL } from './pages/desktop.ts';

const [, GREEN] = TYPED;

test('text goes both ways through the clipboard', async ({
  desktop,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = desktop;
  await desktop.open();
  await desktop.picture.click({ position: { x: 60, y: 160 } });
  await page.keyboard.type('clear; echo; echo kupfer42kupfer42\n');
  await expect(async () => {
    await desktop.picture.dblclick({ position: { x: 40, y: 28 } });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'kupfer42kupfer42',
    );
  }).toPass({ timeout: 30_000 });

  const words = `printf '\\033]11;#148c28\\007' # ${'ä'.repeat(1000)}`;
  const panel = await desktop.popover('Clipboard', 'Clipboard');
  await panel.getByRole('textbox').fill(words);
  await panel.getByRole('button', { name: 'Send to the desktop' }).click();
  await expect(panel).toContainText('Sent');
  await page.keyboard.press('Escape');
  // The X Window System's own way to paste.
  await desktop.picture.click({
    button: 'middle',
    position: { x: 60, y: 160 },
  });
  // What is pasted may come after the key, which then was one for an empty line.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await desktop.shows(GREEN, 2_000);
  }).toPass({ timeout: 60_000 });
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

test('toolbar and panels can be used with the keyboard alone', async ({
  desktop,
}) => {
  const { page } = desktop;
  await desktop.open();
  await desktop.picture.click();
  // All other keys go to the desktop.
  await page.keyboard.press('Control+Alt+Shift');
  const button = (name: string | RegExp) =>
    desktop.toolbar.getByRole('button', { name });
  await expect(button(TERMINAL)).toBeFocused();
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(button(/^Keys/)).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Keys' });
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(button(/^Keys/)).toBeFocused();
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark'] as const) {
  test.describe(theme, () => {
    test.use({ theme });

    test('tab, panels and notices can be read and heard', async ({
      desktop,
      session,
    }) => {
      const { page } = desktop;
      const check = async () => {
        const { violations } = await new AxeBuilder({ page })
          .include('.jp-MainAreaWidget:has(.bt-Desktop)')
          .analyze();
        expect(violations).toEqual([]);
      };
      await desktop.open();
      await check();
      for (const [button, label] of [
        [/Clipboard/, 'Clipboard'],
        [/^Keys/, 'Keys'],
        [/Fit to tab/, 'View'],
        [/ms$/, 'Connection'],
      ] as const) {
        await desktop.popover(button, label);
        await check();
        await page.keyboard.press('Escape');
      }
      session.wire.cut();
      await expect(desktop.notice).toContainText('onnection');
      await check();
      session.wire.mend();
    });
  });
}
