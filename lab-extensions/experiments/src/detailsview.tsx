import type { Experiment } from '@beamtime/contract';
import { About } from './about.js';
import { Away } from './away.js';
import { DatasetSection } from './datasetsection.js';
import type { ExperimentDetails } from './details.js';
import { formatDates, formatMonth } from './format.js';
import { Skeleton } from './notice.js';
import { People } from './people.js';
import type { TabActions } from './tab.js';
import type { ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

interface Props {
  details: ExperimentDetails;
  session: ISessionExperiments;
  words: Words;
  actions: TabActions;
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
        <Away
          error={experiment.error}
          failures={details.failures}
          trans={trans}
          onAgain={() => void details.refresh()}
        >
          {trans.__(
            'If you should see it, ask its main proposer or the user office.',
          )}
        </Away>
      );
    case 'loaded':
      return <Loaded {...props} experiment={experiment.value} />;
  }
}

function Loaded({
  details,
  session,
  words,
  actions,
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
            onAdd={actions.add}
            onCopy={actions.copy}
          />
        </section>
      </div>
      <DatasetSection details={details} words={words} actions={actions} />
    </article>
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
