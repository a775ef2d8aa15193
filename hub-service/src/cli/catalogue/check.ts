import path from 'node:path';
import { openCatalogue } from '../../catalogue/embedded/database.js';
import { importCatalogue } from '../../catalogue/embedded/import/import.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';

export const catalogueCheck: Command = {
  name: 'catalogue check',
  summary: 'check files for the embedded catalogue, without a service',
  usage: `
Usage: beamtime catalogue check FROM

Reads a JSON file or a folder of CSV as an import would and tells every row that it would
reject. Nothing is written anywhere. Exit status: 1 if a row is rejected.`,
  async run(words, output) {
    const from = path.resolve(
      readArguments(words, {}).only('A JSON file or a folder of CSV'),
    );
    const database = openCatalogue(null);
    try {
      const { rows, rejected, firstRejected } = await importCatalogue(
        database,
        { from, dryRun: true, leaveOut: false },
      );
      for (const { file, place, reason } of firstRejected) {
        output.say(`rejected: ${file}, ${place}: ${reason}`);
      }
      output.say(
        rejected === 0
          ? `${rows.toLocaleString('en-US')} rows, all good.`
          : `${rows.toLocaleString('en-US')} rows, ${rejected.toLocaleString('en-US')} rejected.`,
      );
      return rejected === 0 ? 0 : 1;
    } finally {
      database.close();
    }
  },
};
