// Programs of a site and of the machine: files opened with them, and what is missing.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Programs } from '../facility/programs.ts';
import { TYPED } from '../facility/home.ts';
import { expect, test } from './desktop-fixtures.ts';
import { TERMINAL } from './pages/desktop.ts';

const [BLUE] = TYPED;

test.describe('a program that the site describes', () => {
  test.use({
    machine: {
      prepare: async (home) => {
        const site = path.join(home, '.site');
        await mkdir(site);
        const program = path.join(site, 'show');
        // It is as blue as its file says.
        await writeFile(
          program,
          '#!/bin/sh\nexec xterm -fullscreen -bg "$(cat "$1")" -e sleep 600\n',
          { mode: 0o755 },
        );
        await writeFile(
          path.join(site, 'colours.yaml'),
          `name: Colours\ncommand: ${program} {file}\nextensions: [.colour]\n`,
        );
        await writeFile(
          path.join(site, 'broken.yaml'),
          'name: Sad\ncommand: sh -c "echo no licence for Sad >&2; exit 3"\n',
        );
        await writeFile(path.join(home, 'sea.colour'), '#0a64c8');
        return { BEAMTIME_DESKTOP_APPLICATIONS: site };
      },
    },
  });

  test('opens a file from the file browser', async ({ desktop, page }) => {
    const file = page
      .getByRole('region', { name: 'File Browser Section' })
      .getByText('sea.colour');
    const entry = (text: string) =>
      page.locator('.lm-Menu-item:visible').filter({ hasText: text });
    // JupyterLab shuts a menu when the list behind it is refreshed.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await file.click({ button: 'right', timeout: 5000 });
      await entry('Open With').hover({ timeout: 5000 });
      await entry('Colours').click({ timeout: 5000 });
    }).toPass();
    await desktop.shows(BLUE);
  });

  test('and fails, shows what it wrote, and can be started again', async ({
    desktop,
  }) => {
    await desktop.tile('Sad').click();
    await expect(desktop.notice).toContainText('no licence for Sad');
    await expect(desktop.button('Start again')).toBeVisible();
  });
});

test.describe('no Xvnc on the machine', () => {
  let programs: Programs;

  test.use({
    machine: {
      prepare: async (home) => {
        programs = await Programs.lay(`${home}-programs`, 'lab');
        await programs.hide(/vnc/i);
        return { PATH: programs.path };
      },
    },
  });

  test('is said with the way to get it, and once it is there the desktop starts', async ({
    desktop,
  }) => {
    await desktop.tile(TERMINAL).click();
    await expect(desktop.notice).toContainText('Xtigervnc');
    await expect(desktop.notice).toContainText(
      'apt install tigervnc-standalone-server',
    );
    await programs.mend();
    await desktop.startBy('Check again');
    await desktop.typeColour(BLUE);
    await desktop.shows(BLUE);
  });
});
