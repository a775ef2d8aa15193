import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { ReactElement } from 'react';

import { ProgramRow } from './row.js';
import { searchPrograms } from './search.js';
import type { IPrograms } from './tokens.js';

export interface ListOptions {
  programs: IPrograms;
  /** Opens a program; `another` beside the one that runs. */
  open: (program: string, another: boolean) => void;
  trans: TranslationBundle;
}

/** All programs with a window, to be searched. */
export class ProgramList extends ReactWidget {
  constructor(private readonly options: ListOptions) {
    super();
    this.addClass('bt-Programs');
    const { catalogue, directory } = options.programs;
    catalogue.changed.connect(this.onChanged, this);
    directory.changed.connect(this.onChanged, this);
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.options.programs.catalogue.refresh();
    void this.options.programs.directory.refresh();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    void this.renderPromise?.then(() =>
      this.node.querySelector('input')?.focus(),
    );
  }

  protected override render(): ReactElement {
    const { trans } = this.options;
    return (
      <>
        <div className="bt-Programs-head">
          <h2>{trans.__('Programs with a window')}</h2>
          <input
            className="jp-mod-styled bt-Programs-search"
            type="search"
            aria-label={trans.__('Find a program')}
            placeholder={trans.__('Find a program')}
            value={this.text}
            onChange={(event) => {
              this.text = event.target.value;
              this.update();
            }}
          />
        </div>
        {this.renderRows()}
      </>
    );
  }

  private renderRows(): ReactElement {
    const { programs, open, trans } = this.options;
    const { catalogue, directory, icons } = programs;
    const found = searchPrograms(catalogue.all, this.text);
    const isOpen = (id: string) =>
      directory.all.some(
        ({ program, state }) => program.id === id && state !== 'ended',
      );
    return (
      <>
        {catalogue.failure && (
          <div className="bt-Programs-note" role="alert">
            {catalogue.failure}{' '}
            <button
              className="jp-mod-styled"
              onClick={() => void catalogue.refresh()}
            >
              {trans.__('Try again')}
            </button>
          </div>
        )}
        {found.length === 0 && !catalogue.failure && (
          <p role="status">
            {catalogue.isKnown
              ? trans.__(
                  'No program of this session has “%1” in it.',
                  this.text,
                )
              : trans.__('Looking for programs…')}
          </p>
        )}
        <ul className="bt-Programs-list">
          {found.map((program) => (
            <ProgramRow
              key={program.id}
              program={program}
              icon={icons.of(program)}
              isOpen={isOpen(program.id)}
              open={open}
              trans={trans}
            />
          ))}
        </ul>
      </>
    );
  }

  private readonly onChanged = () => this.update();

  private text = '';
}
