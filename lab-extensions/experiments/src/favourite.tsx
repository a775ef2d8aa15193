import { ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { starIcon } from './icons.js';
import { IconButton } from './sortbar.js';
import type { IExperimentMarks } from './tokens.js';

/** The star in an experiment's toolbar. */
export class FavouriteButton extends ReactWidget {
  constructor(
    private readonly key: string,
    private readonly marks: IExperimentMarks,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('bt-Favourite');
    // With `this` as second argument, Widget.dispose() disconnects it.
    marks.changed.connect(() => this.update(), this);
  }

  protected override render() {
    const { key, marks, trans } = this;
    const is = marks.favourites.has(key);
    return (
      <IconButton
        icon={starIcon}
        label={trans.__('Favourite')}
        pressed={is}
        onClick={() => void marks.mark(key, !is)}
      />
    );
  }
}
