import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { look, LOOKING, LOOKING_USAGE } from './looking.js';

export const catalogueSearch: Command = {
  name: 'catalogue search',
  summary: 'find experiments in the embedded catalogue, as a person would',
  usage: `
Usage: beamtime catalogue search TEXT [options]

Lists the newest 50 experiments in which all words of TEXT begin a word.
${LOOKING_USAGE}`,
  run(words, output) {
    const given = readArguments(words, LOOKING);
    const text = given.only('What to look for (quote several words)');
    using place = look(given);
    const { items, next } = place.reader.experiments(place.looking, { text });
    for (const {
      ref,
      proposal,
      instrument,
      start,
      title,
      visibility,
    } of items) {
      output.say(
        [
          ref.id,
          proposal,
          instrument.name,
          start?.slice(0, 10) ?? 'no date',
          visibility,
          title,
        ].join('  '),
      );
    }
    output.say(
      items.length === 0
        ? 'Nothing that they may see.'
        : next === undefined
          ? `${String(items.length)} found.`
          : `The first ${String(items.length)}; there are more.`,
    );
    return Promise.resolve(0);
  },
};
