import {
  count,
  formatDuration,
  formatMemory,
  parseMemoryMiB,
  parseSlurmTime,
  type SessionRequest,
} from '@beamtime/contract';
import { readOpening } from './opening.js';
import { list } from './words.js';

/** A piece of a sentence; what the person has chosen is stressed. */
export interface Phrase {
  text: string;
  stressed: boolean;
}

/**
 * What is asked for, in one sentence.
 *
 * @param nameOf - the name of an experiment by its key.
 */
export function sentenceOf(
  request: SessionRequest,
  nameOf: (key: string) => string,
): Phrase[] {
  const say = (text: string): Phrase => ({ text, stressed: false });
  const stress = (text: string): Phrase => ({ text, stressed: true });
  const minutes = parseSlurmTime(request.runtime);
  const experiments = (request.experiments ?? []).map(nameOf);
  const { account, reservation } = request;
  return [
    say('You ask for '),
    stress(list(partsOf(request))),
    say(' on '),
    stress(request.partition),
    ...(reservation ? [say(' in '), stress(reservation)] : []),
    say(' for '),
    stress(minutes == null ? request.runtime : formatDuration(minutes)),
    ...(account ? [say(', charged to '), stress(account)] : []),
    ...(experiments.length === 0
      ? [say(', with '), stress('only your own files')]
      : [say(', with the data of '), stress(list(experiments))]),
    say(`; ${openingWords(request)} opens first.`),
  ];
}

function partsOf(request: SessionRequest): string[] {
  const { nprocs, memory, ngpus = 0, gpu_type: type, exclusive } = request;
  const mebibytes = memory === undefined ? undefined : parseMemoryMiB(memory);
  const whole = exclusive === true || mebibytes === 0;
  return [
    ...(whole ? ['a machine of your own'] : []),
    Number.isInteger(nprocs) ? count(nprocs, 'core') : 'cores',
    ...(mebibytes === undefined
      ? []
      : [`${mebibytes === 0 ? 'all' : formatMemory(mebibytes)} of memory`]),
    ...(ngpus === 0 ? [] : [count(ngpus, type ? `${type} GPU` : 'GPU')]),
  ];
}

function openingWords({ default_url: url, interface: ui }: SessionRequest) {
  const opening = readOpening(url);
  switch (opening.kind) {
    case 'start':
      return ui === 'notebook' ? 'the classic notebook' : 'JupyterLab';
    case 'desktop':
      return 'the desktop';
    case 'program':
      return opening.program || 'the program';
    case 'path':
      return opening.path;
    case 'url':
      return opening.url;
  }
}
