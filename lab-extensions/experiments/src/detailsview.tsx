import type { Experiment } from '@beamtime/contract';
import { About } from './about.js';
import { Datasets, sum } from './datasets.js';
import type { ExperimentDetails } from './details.js';
import { formatBytes, formatDates, formatMonth } from './format.js';
import { Notice, Skeleton } from './notice.js';
import { People } from './people.js';
import type { ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

interface Props {
  details: ExperimentDetails;
  session: ISessionExperiments;
  words: Words;
  onOpenFile: (relPath: string) => void;
  onAdd: () => void;
}

/** An experiment in the main area, in whatever state it is. */
export function DetailsView(props: Props) {
  const { details, words } = props;
  const { trans } = words;
  const { experiment } = details;
  switch (experiment.kind) {
    case 'loading':
      return (
        <Skeleton
          lines={8}
          waitingFor={trans.__('Asking for the experiment…')}
        />
      );
    case 'failed':
      return (
        <Notice
          kind="error"
          action={{
            label: trans.__('Try again'),
            run: () => void details.refresh(),
          }}
        >
          {experiment.error.message}
        </Notice>
      );
    case 'loaded':
      return <Loaded {...props} experiment={experiment.value} />;
  }
}

function Loaded({
  details,
  session,
  words,
  onOpenFile,
  onAdd,
  experiment,
}: Props & { experiment: Experiment }) {
  const { trans, locale } = words;
  const { proposal, visit, instrument, title, people } = experiment;
  const facts = [
    visit === undefined ? '' : trans.__('visit %1', visit),
    [instrument.name, instrument.fullName].filter(Boolean).join(', '),
    formatDates(locale, experiment.start, experiment.end),
  ].filter((fact) => fact !== '');
  return (
    <article className="bt-Experiment-body">
      <header>
        <div className="bt-Secondary">
          <strong>{proposal}</strong> {facts.join(' · ')}{' '}
          <span className="bt-Badge">{accessOf(experiment, words)}</span>
        </div>
        <h1>{title}</h1>
      </header>
      <div className="bt-Columns">
        <section>
          <h2>{trans.__('People')}</h2>
          <People people={people} instrument={instrument.name} words={words} />
        </section>
        <section>
          <h2>{trans.__('About')}</h2>
          <About
            experiment={experiment}
            link={session.links.get(details.key)}
            words={words}
            onAdd={onAdd}
          />
        </section>
      </div>
      <DatasetSection details={details} words={words} onOpenFile={onOpenFile} />
    </article>
  );
}

function DatasetSection({
  details,
  words,
  onOpenFile,
}: Pick<Props, 'details' | 'words' | 'onOpenFile'>) {
  const { trans, locale } = words;
  const { datasets } = details;
  const page = datasets.kind === 'loaded' ? datasets.value : null;
  const bytes = page
    ? sum(page.items.map((dataset) => dataset.bytes))
    : undefined;
  return (
    <section>
      <h2>
        {trans.__('Datasets')}{' '}
        {page && page.items.length > 0 && (
          <span className="bt-Secondary">
            {[page.items.length, formatBytes(locale, bytes)]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
        )}
      </h2>
      {datasets.kind === 'loading' && (
        <Skeleton lines={4} waitingFor={trans.__('Asking for the datasets…')} />
      )}
      {datasets.kind === 'failed' && (
        <Notice
          kind="error"
          action={{
            label: trans.__('Try again'),
            run: () => void details.refresh(),
          }}
        >
          {datasets.error.message}
        </Notice>
      )}
      {page?.items.length === 0 && (
        <p className="bt-Hint">
          {trans.__(
            'The catalogue lists no datasets yet. Files that are there already are in the folder Raw data.',
          )}
        </p>
      )}
      {page && page.items.length > 0 && (
        <Datasets
          datasets={page.items}
          details={details}
          words={words}
          onOpenFile={onOpenFile}
        />
      )}
      {page?.next !== undefined && (
        <p className="bt-Hint">
          {trans.__('There are more; all files are in the folder Raw data.')}
        </p>
      )}
    </section>
  );
}

/** Who may see the data, and until when. */
function accessOf(
  { visibility, releaseAt }: Experiment,
  { trans, locale }: Words,
): string {
  const month = releaseAt === undefined ? '' : formatMonth(locale, releaseAt);
  switch (visibility) {
    case 'public':
      return trans.__('open data');
    case 'staff':
      return trans.__('seen as staff');
    case 'member':
      return month === ''
        ? trans.__('your team’s')
        : trans.__('your team’s until %1, then open', month);
  }
}
