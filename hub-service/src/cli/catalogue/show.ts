import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { look, LOOKING, LOOKING_USAGE } from './looking.js';

export const catalogueShow: Command = {
  name: 'catalogue show',
  summary:
    'show an experiment of the embedded catalogue, as a person would see it',
  usage: `
Usage: beamtime catalogue show ID [options]

Shows an experiment with its datasets, as JSON. ID is the experiment’s own, or its DOI.
Exit status: 1 if there is none that they may see.
${LOOKING_USAGE}`,
  run(words, output) {
    const given = readArguments(words, LOOKING);
    const sought = given.only('The experiment');
    using place = look(given);
    const { reader, looking } = place;
    const id = reader.byDoi(looking, sought) ?? sought;
    const experiment = reader.experiment(looking, id);
    if (!experiment) {
      output.complain(`There is no experiment ${sought} that they may see.`);
      return Promise.resolve(1);
    }
    const datasets = reader.datasets(looking, id, { limit: 200 });
    output.say(JSON.stringify({ ...experiment, datasets }, null, 2));
    return Promise.resolve(0);
  },
};
