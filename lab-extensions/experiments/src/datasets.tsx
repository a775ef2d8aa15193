import type { Dataset } from '@beamtime/contract';
import { useState } from 'react';
import { formatBytes, formatInstant } from './format.js';
import type { Words } from './words.js';

/** The datasets as a table; a dataset's files unfold below it. */
export function Datasets({
  datasets,
  words,
  onOpenFile,
}: {
  datasets: readonly Dataset[];
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
  unfolded,
  words: { trans, locale },
  onOpenFile,
}: {
  dataset: Dataset;
  unfolded: boolean;
  words: Words;
  onOpenFile: (relPath: string) => void;
}) {
  const [open, setOpen] = useState(unfolded);
  const { name, sample, technique, start, files } = dataset;
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
        <td className="bt-mod-technique">{technique}</td>
        <td className="bt-mod-measured">{formatInstant(locale, start)}</td>
        <td className="bt-mod-number">
          {formatBytes(locale, sizeOf(dataset))}
        </td>
      </tr>
      {open && (
        <tr className="bt-Datasets-files">
          <td colSpan={5}>
            {files.length === 0 ? (
              <span className="bt-Secondary">
                {trans.__('The catalogue names no files of it.')}
              </span>
            ) : (
              <ul>
                {files.map((file) => (
                  <li key={file.relPath}>
                    <button
                      className="bt-TextButton"
                      title={file.relPath}
                      data-rel-path={file.relPath}
                      onClick={() => onOpenFile(file.relPath)}
                    >
                      {file.name}
                    </button>{' '}
                    <span className="bt-Secondary">
                      {formatBytes(locale, file.bytes)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** In bytes; `undefined` where the size of a file is not known. */
export function sizeOf({ bytes, files }: Dataset): number | undefined {
  const sizes = files.map((file) => file.bytes);
  return bytes ?? (files.length === 0 ? undefined : sum(sizes));
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
