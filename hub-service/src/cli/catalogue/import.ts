import path from 'node:path';
import {
  catalogueFile,
  openCatalogue,
} from '../../catalogue/embedded/database.js';
import { importCatalogue } from '../../catalogue/embedded/import/import.js';
import { describe } from '../../catalogue/embedded/import/report.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { enterStateFolder } from '../state-folder.js';

export const catalogueImport: Command = {
  name: 'catalogue import',
  summary: 'load the embedded catalogue from JSON or a folder of CSV',
  usage: `
Usage: beamtime catalogue import FROM [options]

Makes the embedded catalogue what the files say, all of it or nothing; the service need not be
stopped, and shows the new state from then on. FROM is a JSON file or a folder of CSV.

  --dry-run         only tell what would be added, changed, removed and rejected
  --leave-out       leave rejected rows out; by default one of them stops the import
  --state-dir DIR   state_dir of jupyterhub_config.py (default /var/lib/beamtime)
  --source NAME     name of the catalogue in jupyterhub_config.py (default embedded)

Run it as the service’s account or as root. Exit status: 1 if nothing was imported.`,
  async run(words, output) {
    const given = readArguments(words, {
      'dry-run': 'yes',
      'leave-out': 'yes',
      'state-dir': 'text',
      source: 'text',
    });
    const from = path.resolve(given.only('A JSON file or a folder of CSV'));
    const stateDir = enterStateFolder(given.text('state-dir'));
    const dryRun = given.has('dry-run');
    const database = openCatalogue(
      catalogueFile(stateDir, given.text('source') ?? 'embedded'),
    );
    try {
      const report = await importCatalogue(database, {
        from,
        dryRun,
        leaveOut: given.has('leave-out'),
      });
      for (const line of describe(report, dryRun)) {
        output.say(line);
      }
      return report.done || (dryRun && report.rejected === 0) ? 0 : 1;
    } finally {
      database.close();
    }
  },
};
