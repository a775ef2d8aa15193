import type { Dataset } from '@beamtime/contract';
import { useState } from 'react';
import type { ExperimentDetails } from './details.js';
import { Files } from './files.js';
import { formatBytes, formatInstant } from './format.js';
import type { FileActions } from './tab.js';
import { Thumbnail } from './thumbnail.js';
import type { Words } from './words.js';

interface Props {
  details: ExperimentDetails;
  words: Words;
  actions: FileActions;
}

/** The datasets as a table; a dataset's files unfold below it. */
export function Datasets({
  datasets,
  ...props
}: Props & { datasets: readonly Dataset[] }) {
  const { trans } = props.words;
  const pictures = datasets.some(({ hasThumbnail }) => hasThumbnail);
  return (
    <table className="bt-Datasets">
      <thead>
        <tr>
          {pictures && (
            <th scope="col" className="bt-mod-picture">
              <span className="bt-Hidden">{trans.__('Preview')}</span>
            </th>
          )}
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
          pictures={pictures}
          // One is open, so that it is seen where the files are.
          unfolded={index === 0}
          {...props}
        />
      ))}
    </table>
  );
}

function Rows({
  dataset,
  pictures,
  unfolded,
  details,
  words,
  actions,
}: Props & { dataset: Dataset; pictures: boolean; unfolded: boolean }) {
  const { locale } = words;
  const [open, setOpen] = useState(unfolded);
  const { ref, name, sample, techniques, start, bytes } = dataset;
  return (
    <tbody className={open ? 'bt-mod-open' : ''}>
      <tr>
        {pictures && (
          <td className="bt-mod-picture">
            {dataset.hasThumbnail && (
              <Thumbnail
                load={(id) => details.thumbnail(id)}
                dataset={ref.id}
              />
            )}
          </td>
        )}
        <th scope="row">
          <button
            className="bt-TextButton bt-Datasets-name"
            aria-expanded={open}
            title={dataset.description ?? ''}
            onClick={() => setOpen(!open)}
          >
            {name}
          </button>{' '}
          <Where dataset={dataset} words={words} />
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
          <td colSpan={pictures ? 6 : 5}>
            <Files
              files={details.filesOf(ref.id)}
              words={words}
              actions={actions}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** What one has to know before one opens a file of it. */
function Where({
  dataset: { online },
  words: { trans },
}: {
  dataset: Dataset;
  words: Words;
}) {
  switch (online) {
    case undefined:
    case 'online':
      return null;
    case 'archived':
      return (
        <span
          className="bt-Badge"
          title={trans.__(
            'Its files are on tape. Ask for them in the portal; they open here once they are back on disk.',
          )}
        >
          {trans.__('archived')}
        </span>
      );
    case 'restoring':
      return (
        <span
          className="bt-Badge"
          title={trans.__('Its files are on their way from tape to disk.')}
        >
          {trans.__('being restored')}
        </span>
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
