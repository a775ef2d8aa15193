import {
  count,
  formatDuration,
  formatMemory,
  parseMemoryMiB,
  parseSlurmTime,
  type SessionRequest,
} from '@beamtime/contract';
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
  const { nprocs, memory, ngpus = 0, gpu_type: type } = request;
  const mebibytes = memory === undefined ? undefined : parseMemoryMiB(memory);
  const parts = [
    count(nprocs, 'core'),
    ...(mebibytes === undefined
      ? []
      : [`${formatMemory(mebibytes)} of memory`]),
    ...(ngpus === 0 ? [] : [count(ngpus, type ? `${type} GPU` : 'GPU')]),
  ];
  const minutes = parseSlurmTime(request.runtime);
  const experiments = (request.experiments ?? []).map(nameOf);
  const say = (text: string): Phrase => ({ text, stressed: false });
  const stress = (text: string): Phrase => ({ text, stressed: true });
  return [
    say('You ask for '),
    stress(list(parts)),
    say(' on '),
    stress(request.partition),
    say(' for '),
    stress(minutes == null ? request.runtime : formatDuration(minutes)),
    ...(experiments.length === 0
      ? [say(', with '), stress('only your own files')]
      : [say(', with the data of '), stress(list(experiments))]),
    ...(request.default_url === undefined
      ? []
      : [say('; it opens at '), stress(request.default_url)]),
    say('.'),
  ];
}
