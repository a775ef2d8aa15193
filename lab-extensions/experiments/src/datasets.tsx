import type { Dataset, FilePage } from '@beamtime/contract';
import { useEffect, useState } from 'react';
import type { ExperimentDetails, Loading } from './details.js';
import { formatBytes, formatInstant } from './format.js';
import { Notice, Skeleton } from './notice.js';
import type { Words } from './words.js';

/** The datasets as a table; a dataset's files unfold below it. */
export function Datasets({
  datasets,
  details,
  words,
  onOpenFile,
}: {
  datasets: readonly Dataset[];
  details: ExperimentDetails;
  words: Words;
  onOpenFile: (relPath: string) => void;
}) {
  const { trans } = words;
  return (
    <table className="bt-Datasets">
      <thead>
        <tr>
          <th scope="col">{trans.__('Dataset')}</th>
          <th scope="col" className="bt-mod-sample">
            {trans.__('Sample')}
          </th>
          <th scope="col" className="bt-mod-technique">
            {trans.__('Technique')}
          </th>
          <th scope="col" className="bt-mod-measured">
            {trans.__('Measured')}
          </th>
          <th scope="col" className="bt-mod-number">
            {trans.__('Size')}
          </th>
        </tr>
      </thead>
      {datasets.map((dataset, index) => (
        <Rows
          key={`${dataset.ref.source}:${dataset.ref.id}`}
          dataset={dataset}
          details={details}
          // One is open, so that it is seen where the files are.
          unfolded={index === 0}
          words={words}
          onOpenFile={onOpenFile}
        />
      ))}
    </table>
  );
}

function Rows({
  dataset,
  details,
  unfolded,
  words,
  onOpenFile,
}: {
  dataset: Dataset;
  details: ExperimentDetails;
  unfolded: boolean;
  words: Words;
  onOpenFile: (relPath: string) => void;
}) {
  const { locale } = words;
  const [open, setOpen] = useState(unfolded);
  const { ref, name, sample, techniques, start, bytes } = dataset;
  useEffect(() => {
    if (open && details.filesOf(ref.id) === null) {
      void details.unfold(ref.id);
    }
  }, [open, details, ref.id]);
  return (
    <tbody className={open ? 'bt-mod-open' : ''}>
      <tr>
        <th scope="row">
          <button
            className="bt-TextButton bt-Datasets-name"
            aria-expanded={open}
            title={dataset.description ?? ''}
            onClick={() => setOpen(!open)}
          >
            {name}
          </button>
        </th>
        <td className="bt-mod-sample">{sample}</td>
        <td className="bt-mod-technique">
          {techniques.map((technique) => technique.name).join(', ')}
        </td>
        <td className="bt-mod-measured">{formatInstant(locale, start)}</td>
        <td className="bt-mod-number">{formatBytes(locale, bytes)}</td>
      </tr>
      {open && (
        <tr className="bt-Datasets-files">
          <td colSpan={5}>
            <Files
              files={details.filesOf(ref.id)}
              words={words}
              onOpenFile={onOpenFile}
              onAgain={() => void details.unfold(ref.id)}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Files({
  files,
  words: { trans, locale },
  onOpenFile,
  onAgain,
}: {
  files: Loading<FilePage> | null;
  words: Words;
  onOpenFile: (relPath: string) => void;
  onAgain: () => void;
}) {
  switch (files?.kind) {
    case undefined:
    case 'loading':
      return (
        <Skeleton lines={1} waitingFor={trans.__('Asking for the files…')} />
      );
    case 'failed':
      return (
        <Notice
          kind="error"
          action={{ label: trans.__('Try again'), run: onAgain }}
        >
          {files.error.message}
        </Notice>
      );
    case 'loaded':
      return files.value.items.length === 0 ? (
        <span className="bt-Secondary">
          {trans.__('The catalogue names no files of it.')}
        </span>
      ) : (
        <ul>
          {files.value.items.map(({ name, relPath, path, bytes }) => (
            <li key={relPath ?? path ?? name}>
              {relPath === undefined ? (
                <span title={path ?? ''}>{name}</span>
              ) : (
                <button
                  className="bt-TextButton"
                  title={relPath}
                  data-rel-path={relPath}
                  onClick={() => onOpenFile(relPath)}
                >
                  {name}
                </button>
              )}{' '}
              <span className="bt-Secondary">{formatBytes(locale, bytes)}</span>
            </li>
          ))}
        </ul>
      );
  }
}

/** `undefined` if one of the terms is not known. */
export function sum(
  terms: readonly (number | undefined)[],
): number | undefined {
  return terms.reduce(
    (total, term) =>
      total === undefined || term === undefined ? undefined : total + term,
    0,
  );
}
