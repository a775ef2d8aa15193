import type { TranslationBundle } from '@jupyterlab/translation';

/** Names that there is room for. */
const NAMED = 3;

interface MissingPartsProps {
  /** Files that the dataset is made of. */
  files: readonly string[];
  trans: TranslationBundle;
}

/** Says which parts of what is shown are not data, but what HDF5 puts in their place. */
export function MissingParts({ files, trans }: MissingPartsProps) {
  const names = files.slice(0, NAMED).join(', ');
  const more = files.length - NAMED;
  const words =
    more > 0
      ? trans.__(
          'Not there: %1 and %2 more of the files that this dataset is made of. In their place you see its fill value, not data.',
          names,
          `${more}`,
        )
      : trans._n(
          'Not there: %2, a file that this dataset is made of. In its place you see the fill value, not data.',
          'Not there: %2, files that this dataset is made of. In their place you see its fill value, not data.',
          files.length,
          names,
        );
  return (
    <p
      role="status"
      className="bt-Hdf5Viewer-missing"
      hidden={files.length === 0}
      title={files.join('\n')}
    >
      {files.length === 0 ? '' : words}
    </p>
  );
}
