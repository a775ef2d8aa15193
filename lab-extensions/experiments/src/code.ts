import { experimentKey, type Experiment } from '@beamtime/contract';

/** A string of Python; JSON's escapes mean the same there. */
const quoted = (text: string): string => JSON.stringify(text);

/** A comment of one line, whatever a catalogue's text holds. */
const comment = (text: string): string =>
  `# ${text.replace(/[\s\u2028\u2029]+/g, ' ').trim()}`;

/** Python that opens a file with h5py. A writer may have it open, so nothing is locked. */
export function codeFor(experiment: Experiment, path: string): string {
  return [
    'import h5py',
    '',
    comment(nameOf(experiment)),
    `with h5py.File(${quoted(path)}, "r", locking=False) as file:`,
    '    print(list(file))',
  ].join('\n');
}

/**
 * The first cell of a notebook about an experiment.
 *
 * @param relPath - a file of it, below its folder; `null` if none is known.
 */
export function firstCell(
  experiment: Experiment & { dataPath: string },
  relPath: string | null,
): string {
  return [
    'from pathlib import Path',
    '',
    ...(relPath === null ? [] : ['import h5py', '']),
    comment(nameOf(experiment)),
    `experiment = Path(${quoted(experiment.dataPath)})`,
    'raw = experiment / "raw"',
    'processed = experiment / "processed"',
    '',
    ...(relPath === null
      ? ['print(*sorted(raw.iterdir()), sep="\\n")']
      : [
          `with h5py.File(experiment / ${quoted(relPath)}, "r", locking=False) as file:`,
          '    print(list(file))',
        ]),
  ].join('\n');
}

function nameOf({ proposal, instrument, title }: Experiment): string {
  return `${proposal} ${instrument.name}: ${title}`;
}

/** What a notebook says of the experiment that it belongs to. */
function metadataOf(experiment: Experiment) {
  const { ref, proposal, visit, title, instrument, start, end } = experiment;
  const doi = experiment.pids.find(({ scheme }) => scheme === 'doi')?.value;
  // Without what is not known: JSON has no `undefined`.
  const facts = { visit, start, end, doi, dataPath: experiment.dataPath };
  return {
    key: experimentKey(ref),
    proposal,
    title,
    instrument: instrument.name,
    ...Object.fromEntries(
      Object.entries(facts).filter(([, fact]) => fact !== undefined),
    ),
  };
}

/** A kernel as notebooks name it. */
export interface Kernel {
  name: string;
  display_name: string;
}

/** A notebook in nbformat 4.5: a cell that reads the data, and one to go on. */
export function notebookOf(
  experiment: Experiment & { dataPath: string },
  relPath: string | null,
  kernel: Kernel | null,
) {
  const cell = (id: string, source: string) => ({
    cell_type: 'code',
    id,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  });
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      ...(kernel === null ? {} : { kernelspec: { ...kernel } }),
      beamtime: { experiment: metadataOf(experiment) },
    },
    cells: [
      cell('beamtime-data', firstCell(experiment, relPath)),
      cell('beamtime-next', ''),
    ],
  };
}
