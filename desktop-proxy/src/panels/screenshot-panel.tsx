import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type ReactElement } from 'react';

import type { Screenshots } from '../screenshots.js';

/** Where a picture of the desktop goes. */
export function ScreenshotPanel(props: {
  screenshots: Screenshots;
  trans: TranslationBundle;
}): ReactElement {
  const { screenshots, trans } = props;
  const [said, setSaid] = useState('');
  const [folder, setFolder] = useState(() => screenshots.folder());
  const run = async (work: () => Promise<string>) => {
    setSaid('');
    setSaid(await work());
  };
  return (
    <>
      <button
        className="jp-mod-styled"
        onClick={() => void run(() => screenshots.download())}
      >
        {trans.__('Download PNG')}
      </button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => screenshots.save(folder));
        }}
      >
        <label className="bt-Desktop-label">
          {trans.__('Folder in this session')}
          <input
            className="jp-mod-styled"
            value={folder}
            placeholder={trans.__('top folder')}
            onChange={(event) => setFolder(event.target.value)}
          />
        </label>
        <button className="jp-mod-styled" type="submit">
          {trans.__('Save to folder')}
        </button>
      </form>
      <p role="status">{said}</p>
    </>
  );
}
