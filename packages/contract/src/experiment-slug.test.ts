import cases from '../cases/experiment-slug.json';
import { experimentSlug } from './experiment.js';

interface Case {
  proposal: string;
  instrument: string;
  visit?: string;
  slug: string;
}

// The same table runs in Python: a session names folders without asking the service.
test.each<Case>(cases)(
  'names the folder of $proposal at $instrument',
  ({ proposal, instrument, visit, slug }) => {
    const name = experimentSlug({
      proposal,
      instrument: { name: instrument },
      ...(visit === undefined ? {} : { visit }),
    });
    expect(name).toBe(slug);
  },
);
