import {
  type BatchVariables,
  count,
  formatDuration,
  formatMemory,
  parseMemoryMiB,
  parseSlurmTime,
  type SessionExperiment,
  type SessionRequest,
} from '@beamtime/contract';

/** What will be asked for, in one sentence. */
export function summarize(
  request: SessionRequest,
  batch: BatchVariables,
  experiments: readonly SessionExperiment[],
): string {
  const { ngpus = 0, gpu_type: type = '' } = request;
  const memory = parseMemoryMiB(batch.memory) ?? 0;
  const parts = [
    count(request.nprocs, 'core'),
    ...(memory > 0 ? [`${formatMemory(memory)} of memory`] : []),
    ...(ngpus > 0 ? [count(ngpus, `${type} GPU`.trim())] : []),
  ];
  const data = experiments.map(({ slug }) => slug);
  return `${list(parts)} on ${batch.partition} for ${formatDuration(parseSlurmTime(batch.runtime) ?? 0)}, ${data.length === 0 ? 'without an experiment' : `with ${list(data)}`}.`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
