import type { DataFile } from '@beamtime/contract';
import { copyIcon, notebookIcon, codeIcon } from '@jupyterlab/ui-components';
import { useEffect } from 'react';
import { Away } from './away.js';
import { formatBytes, formatInstant } from './format.js';
import { More } from './more.js';
import { Skeleton } from './notice.js';
import type { Paged } from './paged.js';
import { SearchField } from './searchfield.js';
import { IconButton } from './sortbar.js';
import type { FileActions } from './tab.js';
import type { Words } from './words.js';

/** Files from which a search pays. */
const MANY = 10;

/** The files of a dataset, asked for when they are shown. */
export function Files({
  files,
  words,
  actions,
}: {
  files: Paged<DataFile>;
  words: Words;
  actions: FileActions;
}) {
  const { trans } = words;
  const { state, page } = files;
  const again = () => void files.refresh();
  useEffect(() => {
    if (files.page === null && !files.waiting) {
      void files.refresh();
    }
  }, [files]);
  const many = files.text !== '' || (page?.items.length ?? 0) >= MANY;
  return (
    <>
      {state.kind === 'failed' && (
        <Away
          {...{
            error: state.error,
            failures: files.failures,
            trans,
            onAgain: again,
          }}
        />
      )}
      {state.kind === 'loading' && (
        <Skeleton lines={1} waitingFor={trans.__('Asking for the files…')} />
      )}
      {many && (
        <SearchField list={files} label={trans.__('Search in these files')} />
      )}
      {page?.items.length === 0 && !files.waiting && (
        <span className="bt-Secondary">
          {files.text === ''
            ? trans.__('The catalogue names no files of it.')
            : trans.__('No file with “%1” in its name.', files.text.trim())}
        </span>
      )}
      {page && page.items.length > 0 && (
        <ul>
          {page.items.map((file) => (
            <FileLine
              key={file.relPath ?? file.path ?? file.name}
              {...{ file, words, actions }}
            />
          ))}
        </ul>
      )}
      {(many || page?.next !== undefined) && (
        <More list={files} trans={trans} />
      )}
    </>
  );
}

function FileLine({
  file: { name, relPath, path, bytes, modified, kind },
  words: { trans, locale },
  actions,
}: {
  file: DataFile;
  words: Words;
  actions: FileActions;
}) {
  const facts = [formatBytes(locale, bytes), formatInstant(locale, modified)];
  return (
    <li>
      {relPath === undefined ? (
        <span
          title={
            path ?? trans.__('It does not lie in the experiment’s folder.')
          }
        >
          {name}
        </span>
      ) : (
        <button
          className="bt-TextButton"
          title={relPath}
          data-rel-path={relPath}
          onClick={() => actions.openFile(relPath)}
        >
          {name}
        </button>
      )}{' '}
      <span className="bt-Secondary">
        {facts.filter((fact) => fact !== '').join(' · ')}
      </span>
      {relPath !== undefined && (
        <span className="bt-Acts">
          {kind === 'hdf5' && (
            <>
              <IconButton
                icon={codeIcon}
                label={trans.__('Insert code that reads %1', name)}
                onClick={() => actions.insertCode(relPath)}
              />
              <IconButton
                icon={notebookIcon}
                label={trans.__('New notebook that reads %1', name)}
                onClick={() => actions.newNotebook(relPath)}
              />
            </>
          )}
          <IconButton
            icon={copyIcon}
            label={trans.__('Copy the path of %1', name)}
            onClick={() => actions.copyPath(relPath)}
          />
        </span>
      )}
    </li>
  );
}
