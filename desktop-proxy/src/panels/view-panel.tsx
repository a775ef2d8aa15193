import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';

import type { DesktopScreen } from '../screen.js';
import { Choice } from './choice.js';

/** How the picture fills the tab. */
export function ViewPanel(props: {
  screen: DesktopScreen;
  trans: TranslationBundle;
}): ReactElement {
  const { screen, trans } = props;
  return (
    <>
      <Choice
        legend={trans.__('Size')}
        value={screen.fitting}
        choose={(fit) => (screen.fitting = fit)}
        options={[
          {
            value: 'fit',
            label: trans.__('Fit to tab'),
            hint: trans.__('The desktop takes the size of this tab.'),
          },
          {
            value: 'scale',
            label: trans.__('Scaled'),
            hint: trans.__('The desktop keeps its size.'),
          },
          {
            value: 'actual',
            label: trans.__('Actual size'),
            hint: trans.__('Scrolls where the tab is smaller.'),
          },
        ]}
      />
      {screen.fitting === 'fit' && !screen.isSizing && (
        <>
          <p role="status">
            {trans.__(
              'This desktop is open in another tab, which gives it its size. Here it is scaled.',
            )}
          </p>
          <button
            className="jp-mod-styled"
            onClick={() => (screen.fitting = 'fit')}
          >
            {trans.__('Use the size of this tab')}
          </button>
        </>
      )}
    </>
  );
}
