import { Away } from './away.js';
import { Datasets, sum } from './datasets.js';
import type { ExperimentDetails } from './details.js';
import { formatBytes } from './format.js';
import { More } from './more.js';
import { Skeleton } from './notice.js';
import { Problems } from './problems.js';
import { SearchField } from './searchfield.js';
import type { FileActions } from './tab.js';
import type { Words } from './words.js';

/** The datasets in whatever state they are, with a search. */
export function DatasetSection({
  details,
  words,
  actions,
}: {
  details: ExperimentDetails;
  words: Words;
  actions: FileActions;
}) {
  const { trans, locale } = words;
  const { datasets } = details;
  const { state, page, text } = datasets;
  const again = () => void datasets.refresh();
  const items = page?.items ?? [];
  const whole = page?.next === undefined;
  const facts = [
    String(page?.total ?? `${items.length}${whole ? '' : '+'}`),
    whole ? formatBytes(locale, sum(items.map(({ bytes }) => bytes))) : '',
  ];
  return (
    <section>
      <div className="bt-Datasets-head">
        <h2>
          {trans.__('Datasets')}{' '}
          {items.length > 0 && (
            <span className="bt-Secondary">
              {facts.filter((fact) => fact !== '').join(' · ')}
            </span>
          )}
        </h2>
        {(items.length > 0 || text !== '') && (
          <SearchField
            list={datasets}
            label={trans.__('Name, sample, technique')}
          />
        )}
      </div>
      {state.kind === 'loading' && (
        <Skeleton lines={4} waitingFor={trans.__('Asking for the datasets…')} />
      )}
      {state.kind === 'failed' && (
        <Away
          error={state.error}
          failures={datasets.failures}
          trans={trans}
          onAgain={again}
        />
      )}
      <Problems problems={page?.problems ?? []} words={words} onAgain={again} />
      {state.kind === 'loaded' && items.length === 0 && !datasets.waiting && (
        <p className="bt-Hint">
          {text.trim() === ''
            ? trans.__(
                'The catalogue lists no datasets yet. Files that are there already are in the folder Raw data.',
              )
            : trans.__('No dataset with “%1”.', text.trim())}
        </p>
      )}
      {items.length > 0 && (
        <>
          <Datasets
            datasets={items}
            details={details}
            words={words}
            actions={actions}
          />
          {(!whole || text !== '') && <More list={datasets} trans={trans} />}
        </>
      )}
    </section>
  );
}
