/** @jsxImportSource preact */
import type { Opening } from '../model/opening.js';
import { Segments, type Segment } from './Segments.js';
import { type PartProps, useTools } from './tools.js';

interface Props extends PartProps {
  /** Id of the element that names it, where it is not in a set of its own. */
  labelledBy?: string;
}

/** What the session shows first. */
export function OpeningPicker({ state, labelledBy }: Props) {
  const { store } = useTools();
  const { opening, classic } = state.choice;
  const choose = (value: Opening) =>
    store.change('opening', { opening: value });
  const segments: Segment<Opening>[] = [
    {
      key: 'start',
      value: { kind: 'start' },
      title: classic ? 'Classic notebook' : 'JupyterLab',
      icon: 'notebook',
    },
    {
      key: 'desktop',
      value: { kind: 'desktop' },
      title: 'Desktop',
      icon: 'desktop',
    },
    {
      key: 'program',
      value:
        opening.kind === 'program' ? opening : { kind: 'program', program: '' },
      title: 'A program…',
      icon: 'program',
    },
    {
      key: 'path',
      value: opening.kind === 'path' ? opening : { kind: 'path', path: '' },
      title: 'A file…',
      icon: 'file',
    },
  ];
  if (opening.kind === 'url') {
    segments.push({
      key: 'url',
      value: opening,
      title: 'As asked',
      detail: opening.url,
    });
  }
  return (
    <div
      class="bt-opening"
      {...(labelledBy && { role: 'radiogroup', 'aria-labelledby': labelledBy })}
    >
      <Segments
        name="bt-opening"
        plain
        segments={segments}
        chosen={opening.kind}
        onChoose={choose}
      />
      {opening.kind === 'program' && (
        <label class="bt-below">
          Name of the program{' '}
          <input
            type="text"
            class="bt-input"
            autocapitalize="off"
            spellcheck={false}
            placeholder="for instance xterm or pymca, as in JupyterLab’s launcher"
            value={opening.program}
            onInput={(event) =>
              choose({ kind: 'program', program: event.currentTarget.value })
            }
          />
        </label>
      )}
      {opening.kind === 'path' && (
        <label class="bt-below">
          File or folder{' '}
          <input
            type="text"
            class="bt-input"
            autocapitalize="off"
            spellcheck={false}
            placeholder="for instance Experiments/MA-5127-BX11/raw/scan.nxs"
            value={opening.path}
            onInput={(event) =>
              choose({ kind: 'path', path: event.currentTarget.value })
            }
          />
        </label>
      )}
    </div>
  );
}
