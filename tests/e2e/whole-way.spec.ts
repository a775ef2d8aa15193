import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { signIn, stopSession } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';
import { coloursOf, expectPicture, shareOfColour } from './pages/pixels.ts';
import { processesOf } from './processes.ts';

/** Bob's experiment: none of Alice's lists may show it. */
const BOBS = 'LS-2875';

test('from the log-in to results beside the data', async ({
  page,
  site,
}, info) => {
  const { hub, slurm } = site;
  const keep = (name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`) });

  await test.step('log in, and ask for a session with an experiment', async () => {
    await signIn(page, hub, 'alice');
    const form = new SessionForm(page);
    const offered = (await form.offered()).join('\n');
    expect(offered).toContain('MA-5127');
    expect(offered).toContain('No experiment');
    expect(offered).not.toContain(BOBS);
    await form.chooseExperiment('MA-5127');
    await form.choose('Where to run', 'Everyday analysis cpu');
    await form.choose('How long', '1 h');
    await expect(form.summary).toContainText('on cpu for 1 hour');
    await expect(form.summary).toContainText('MA-5127');
    await keep('1-form');
    await form.start.click();
  });

  const lab = new Lab(page);
  await test.step('the session is a job of hers on Slurm', async () => {
    await lab.ready();
    expect(await slurm?.jobs('alice')).toEqual([
      expect.stringMatching(/^\d+ RUNNING$/),
    ]);
    expect((await processesOf('alice')).join('\n')).toContain('singleuser');
  });

  await test.step('the panel shows her experiments, and none of Bob’s', async () => {
    await lab.showExperiments();
    await expect(lab.experiments).toContainText('MA-5301');
    await expect(lab.experiments).not.toContainText(BOBS);
    await keep('2-lab');
  });

  await test.step('a raw file opens with its tree and its default picture', async () => {
    const experiment = await lab.openExperiment('MA-5127');
    await expect(experiment).toContainText('Ines Marand');
    await experiment
      .getByRole('button', { name: 'S03_0001.nxs', exact: true })
      .click();
    const viewer = lab.panel('S03_0001.nxs');
    await expect(
      viewer.getByRole('treeitem', { name: /^entry/ }),
    ).toBeVisible();
    const picture = viewer.locator('canvas').first();
    await expectPicture(picture, 100);
    await keep('3-viewer');
  });

  await test.step('xterm runs in a desktop tab, and shows what is typed', async () => {
    await page.getByRole('button', { name: 'New Launcher' }).click();
    await lab.openProgram('Terminal window');
    const screen = lab.desktop;
    await expect
      .poll(() => coloursOf(screen), { timeout: 60_000 })
      .toBeGreaterThan(1);
    await screen.click();
    expect(await shareOfColour(screen, MAGENTA)).toBe(0);
    // Typed into the terminal, this paints it: so the keys arrived, and the picture came back.
    await page.keyboard.type("printf '\\033[48;5;201m\\033[2J'\n", {
      delay: 30,
    });
    await expect
      .poll(() => shareOfColour(screen, MAGENTA), { timeout: 30_000 })
      .toBeGreaterThan(0.3);
    await keep('4-desktop');
  });

  await test.step('a new notebook lies in `processed` and reads the data', async () => {
    const processed = path.join(site.dataRoot, 'data/BX11/MA-5127/processed');
    const notebook = path.join(processed, 'strain.ipynb');
    await rm(notebook, { force: true });
    await lab.tab(/^MA-5127/).click();
    await lab
      .panel(/^MA-5127/)
      .getByRole('button', { name: 'New notebook', exact: true })
      .click();
    const output = await lab.runInNotebook(
      [
        'import h5py, os',
        'file = h5py.File("../raw/S03/S03_0001.nxs")',
        'print(file["entry/data/data"].shape, os.getcwd())',
      ].join('\n'),
    );
    expect(output).toContain(`(24, 512, 512) ${processed}`);
    await page.keyboard.press('Control+s');
    // JupyterLab asks for a name at the first save.
    await page.getByRole('dialog').getByRole('textbox').fill('strain.ipynb');
    await page.getByRole('button', { name: 'Rename and Save' }).click();
    await expect
      .poll(() => readFile(notebook, 'utf8').catch(() => ''))
      .toContain('(24, 512, 512)');
    await keep('5-notebook');
  });

  await test.step('when she stops it, nothing of hers is left', async () => {
    await stopSession(page, hub);
    await expect.poll(() => slurm?.jobs('alice')).toEqual([]);
    await expect.poll(() => processesOf('alice')).toEqual([]);
  });
});

const MAGENTA = [255, 0, 255] as const;
