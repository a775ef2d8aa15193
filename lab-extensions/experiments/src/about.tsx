import type { SessionLink } from '@beamtime/api-client';
import { experimentSlug, type Experiment, type Pid } from '@beamtime/contract';
import { copyIcon } from '@jupyterlab/ui-components';
import { IconButton } from './sortbar.js';
import type { Words } from './words.js';

/** What the experiment is about, its identifiers, and its folders in this session. */
export function About({
  experiment,
  link,
  words: { trans },
  onAdd,
  onCopy,
}: {
  experiment: Experiment;
  /** `undefined` while it is not in the session. */
  link: SessionLink | undefined;
  words: Words;
  onAdd: () => void;
  onCopy: (text: string) => void;
}) {
  const { abstract, pids, url, license } = experiment;
  const slug = link?.slug ?? experimentSlug(experiment);
  return (
    <>
      {abstract !== undefined && <p className="bt-Abstract">{abstract}</p>}
      <dl className="bt-Facts">
        {pids.map((pid) => (
          <Fact
            key={`${pid.scheme}:${pid.value}`}
            name={pid.scheme.toUpperCase()}
          >
            <Out url={addressOf(pid)}>{pid.value}</Out>
            <IconButton
              icon={copyIcon}
              label={trans.__('Copy %1', pid.value)}
              onClick={() => onCopy(pid.value)}
            />
          </Fact>
        ))}
        {url !== undefined && (
          <Fact name={trans.__('Portal')}>
            <Out url={url}>{trans.__('See it in the portal')}</Out>
          </Fact>
        )}
        {license !== undefined && (
          <Fact name={trans.__('Licence')}>
            <Out url={license}>{license}</Out>
          </Fact>
        )}
        <Fact name={trans.__('Folders')}>
          {link?.raw !== null && (
            <div>
              <code>{`Experiments/${slug}/raw`}</code> {trans.__('read only')}
            </div>
          )}
          {link?.processed !== null && (
            <div>
              <code>{`Experiments/${slug}/processed`}</code>{' '}
              {trans.__('yours to write')}
            </div>
          )}
          {link?.problems.map((problem) => (
            <div key={problem}>{problem}</div>
          ))}
          {!link && experiment.dataPath !== undefined && (
            <button className="bt-TextButton" onClick={onAdd}>
              {trans.__('Add to this session')}
            </button>
          )}
          {experiment.dataPath === undefined && (
            <div>{trans.__('The catalogue knows no folder for it.')}</div>
          )}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A link to another site, if the catalogue's text is the address of one. */
function Out({ url, children }: { url: string; children: React.ReactNode }) {
  return /^https?:\/\//.test(url) ? (
    <a className="bt-Link" href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}

function addressOf({ scheme, value }: Pid): string {
  switch (scheme) {
    case 'doi':
      return `https://doi.org/${encodeURI(value)}`;
    case 'handle':
      return `https://hdl.handle.net/${encodeURI(value)}`;
    default:
      return value;
  }
}
