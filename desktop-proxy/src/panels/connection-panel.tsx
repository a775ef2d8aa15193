import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';

import type { DesktopInfo } from '../wire.js';
import type { Vitals } from '../vitals.js';
import { rateText } from '../words.js';
import { Choice } from './choice.js';

/** What the connection does, and how good pictures are to be. */
export function ConnectionPanel(props: {
  vitals: Vitals;
  info: DesktopInfo | null;
  trans: TranslationBundle;
}): ReactElement {
  const { vitals, info, trans } = props;
  const { roundTrip, pictures, rate } = vitals.figures;
  return (
    <>
      {info?.problem && <p role="status">{info.problem}</p>}
      <dl className="bt-Desktop-figures">
        <div>
          <dt>{trans.__('There and back')}</dt>
          <dd>
            {roundTrip === null
              ? trans.__('not known yet')
              : trans.__('%1 ms', Math.round(roundTrip))}
          </dd>
        </div>
        <div>
          <dt>{trans.__('Pictures')}</dt>
          <dd>{trans.__('%1 a second', pictures)}</dd>
        </div>
        <div>
          <dt>{trans.__('Data')}</dt>
          <dd>{rateText(rate, trans)}</dd>
        </div>
      </dl>
      <Choice
        legend={trans.__('Quality')}
        value={vitals.quality}
        choose={(quality) => (vitals.quality = quality)}
        options={[
          {
            value: 'automatic',
            label: trans.__('Automatic'),
            hint: trans.__('As sharp as the line allows without delay.'),
          },
          { value: 'sharp', label: trans.__('Sharp') },
          { value: 'balanced', label: trans.__('Balanced') },
          {
            value: 'low',
            label: trans.__('Low bandwidth'),
            hint: trans.__('Faster on a slow line, with coarse pictures.'),
          },
        ]}
      />
      {info?.renderer && (
        <p className="bt-Desktop-dim">
          {trans.__('3D is drawn by %1.', info.renderer.title)}{' '}
          {info.renderer.problem}
        </p>
      )}
      {info !== null && info.connections > 1 && (
        <p className="bt-Desktop-dim">
          {trans.__('This desktop is open in %1 places.', info.connections)}
        </p>
      )}
    </>
  );
}
