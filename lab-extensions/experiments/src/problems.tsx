import type { SourceProblem } from '@beamtime/contract';
import { SignIn } from './away.js';
import { formatTime } from './format.js';
import { Notice } from './notice.js';
import type { Words } from './words.js';

/** One line for each source that is missing, wholly or in part. */
export function Problems({
  problems,
  words: { trans, locale },
  onAgain,
}: {
  problems: readonly SourceProblem[];
  words: Words;
  onAgain: () => void;
}) {
  return (
    <>
      {problems.map(({ source, label, kind, message, since, shownAsOf }) => {
        const [from, as] = [since, shownAsOf ?? ''].map((at) =>
          formatTime(locale, at),
        );
        return (
          <Notice
            key={`${source} ${kind}`}
            kind={kind === 'signed-out' ? 'info' : 'warning'}
            action={{ label: trans.__('Try again'), run: onAgain }}
          >
            <strong>
              {kind === 'signed-out'
                ? trans.__('Only open data of %1 is shown.', label)
                : trans.__('Experiments of %1 may be missing.', label)}
            </strong>{' '}
            {message} {from && trans.__('It is so since %1.', from)}{' '}
            {as && trans.__('Shown: what it said at %1.', as)}{' '}
            {kind === 'signed-out' && <SignIn trans={trans} />}
          </Notice>
        );
      })}
    </>
  );
}
