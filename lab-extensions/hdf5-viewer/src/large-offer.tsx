import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';

import type { Offer } from './large-values.js';
import { formatBytes } from './messages.js';
import type { Pace } from './pace.js';
import { MAX_BYTES } from './worker/limits.js';

export type OfferChoice = 'overview' | 'reduced' | 'whole';

interface Option {
  choice: OfferChoice;
  title: string;
  /** About; of the whole, exactly. */
  bytes: number;
  text: string;
  disabled?: boolean;
}

/** Rows and columns of a reduced picture, parts of an overview; about. */
const REDUCED = { side: 512, parts: 2000 };

function optionsOf(offer: Offer, trans: TranslationBundle): Option[] {
  const { shape, cost } = offer;
  const size = cost.wanted / shape.reduce((all, each) => all * each, 1);
  const tooMuch = cost.wanted > MAX_BYTES;
  const whole: Option = {
    choice: 'whole',
    title: trans.__('Everything'),
    bytes: cost.wanted,
    disabled: tooMuch,
    text: tooMuch
      ? trans.__(
          'More than this tab may hold (%1). Read it in a notebook with h5py.',
          formatBytes(MAX_BYTES),
        )
      : trans.__('All values are read into this tab.'),
  };
  if (shape.length === 1) {
    const overview: Option = {
      choice: 'overview',
      title: trans.__('An overview'),
      bytes: REDUCED.parts * 2 * size,
      text: trans.__(
        'Made beside the data: the smallest and the largest value of each of %1 parts, and more detail as you zoom in.',
        REDUCED.parts.toLocaleString('en'),
      ),
    };
    return [overview, whole];
  }
  if (shape.length === 2) {
    const step = Math.ceil(Math.max(...shape) / REDUCED.side);
    const reduced: Option = {
      choice: 'reduced',
      title: trans.__('A reduced picture'),
      bytes: cost.wanted / step ** 2,
      text: trans.__(
        'Made beside the data: every %1th row and column.',
        `${step}`,
      ),
    };
    return [reduced, whole];
  }
  return [whole];
}

/** Under this it is not worth a word, s. */
const SOON = 2;

function timeOf(
  bytes: number,
  pace: Pick<Pace, 'secondsFor'>,
  trans: TranslationBundle,
): string {
  const seconds = pace.secondsFor(bytes);
  if (seconds === null || seconds < SOON) {
    return '';
  }
  return seconds < 90
    ? trans.__(', about %1 s on this connection', `${Math.round(seconds)}`)
    : trans.__(
        ', about %1 min on this connection',
        `${Math.round(seconds / 60)}`,
      );
}

export interface LargeOfferProps {
  offer: Offer;
  pace: Pick<Pace, 'secondsFor'>;
  trans: TranslationBundle;
  onChoose: (choice: OfferChoice) => void;
}

/** Says how large a value is, and offers less of it. The smallest is chosen already. */
export function LargeOffer(props: LargeOfferProps) {
  const { offer, pace, trans, onChoose } = props;
  const options = optionsOf(offer, trans);
  const [chosen, setChosen] = useState(options[0]?.choice ?? 'whole');
  const name = useId();
  const { params, cost, shape } = offer;
  return (
    <form
      className="bt-LargeOffer"
      aria-label={trans.__('Large dataset')}
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(chosen);
      }}
    >
      <h2>{trans.__('This is large: %1', formatBytes(cost.wanted))}</h2>
      <p>
        {trans.__(
          '%1 has %2 numbers here. Nothing has been loaded yet.',
          params.dataset.name,
          shape.map((each) => each.toLocaleString('en')).join(' × '),
        )}
      </p>
      {options.map(({ choice, title, bytes, text, disabled = false }) => (
        <label key={choice} className="bt-LargeOffer-option">
          <input
            type="radio"
            name={name}
            checked={choice === chosen}
            disabled={disabled}
            onChange={() => setChosen(choice)}
          />
          <strong>{title}</strong>
          <span>
            {formatBytes(bytes)}
            {choice === 'whole' && !disabled && timeOf(bytes, pace, trans)}
          </span>
          <small>{text}</small>
        </label>
      ))}
      <button
        type="submit"
        className="jp-mod-styled jp-mod-accept"
        disabled={options.find((each) => each.choice === chosen)?.disabled}
      >
        {trans.__('Show')}
      </button>
    </form>
  );
}
