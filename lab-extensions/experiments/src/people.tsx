import type { Person } from '@beamtime/contract';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Words } from './words.js';

const ORDER: Person['role'][] = ['pi', 'co-proposer', 'member'];

/** The team, the local contact first and framed: the one to ask about this data. */
export function People({
  people,
  instrument,
  words: { trans },
}: {
  people: readonly Person[];
  instrument: string;
  words: Words;
}) {
  if (people.length === 0) {
    return (
      <p className="bt-Hint">
        {trans.__('The catalogue does not show the people of this experiment.')}
      </p>
    );
  }
  const contacts = people.filter(({ role }) => role === 'local-contact');
  const team = people
    .filter(({ role }) => role !== 'local-contact')
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
  return (
    <>
      {contacts.map((person, index) => (
        <div key={index} className="bt-Contact">
          <strong>{person.name}</strong>
          <div>{trans.__('Local contact, %1', instrument)}</div>
          <Mail person={person} />
        </div>
      ))}
      <ul className="bt-People">
        {team.map((person, index) => (
          <li key={index}>
            {person.name}
            <span className="bt-Secondary">
              {' · '}
              {[roleOf(person.role, trans), person.affiliation]
                .filter((part) => part !== undefined && part !== '')
                .join(', ')}
            </span>{' '}
            <Mail person={person} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Mail({ person: { email } }: { person: Person }) {
  return email === undefined || email === '' ? null : (
    <a className="bt-Link" href={`mailto:${encodeURIComponent(email)}`}>
      {email}
    </a>
  );
}

function roleOf(role: Person['role'], trans: TranslationBundle): string {
  switch (role) {
    case 'pi':
      return trans.__('main proposer');
    case 'co-proposer':
      return trans.__('proposer');
    case 'member':
      return trans.__('team');
    case 'local-contact':
      return trans.__('local contact');
  }
}
