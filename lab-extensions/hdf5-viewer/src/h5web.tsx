import { App, DataProvider, useDataContext } from '@h5web/app';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Suspense, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';

import type { Connection } from './connection.js';
import { describeFailure, sentenceOf } from './messages.js';
import { Hdf5Provider } from './provider.js';
import { ReadAhead } from './read-ahead.js';
import { ValueBudget } from './value-budget.js';

/** Bytes of frames that are kept to step back to without reading. */
const KEPT_FRAMES = 256 * 1024 * 1024;

/** Looks after the frames that are kept: not too many, and the neighbours already there. */
function KeepFrames({ provider }: { provider: Hdf5Provider }): null {
  const { valuesStore } = useDataContext();
  useEffect(() => {
    const budget = new ValueBudget(KEPT_FRAMES, (params) =>
      valuesStore.evict(params),
    );
    const ahead = new ReadAhead(valuesStore, (request) =>
      provider.fetchAhead(request),
    );
    provider.onValue = (params, value, duration) => {
      budget.add(params, value);
      ahead.loaded(params, value, duration);
    };
    return () => {
      provider.onValue = null;
      ahead.dispose();
    };
  }, [provider, valuesStore]);
  return null;
}

export interface H5WebProps {
  /** Name of the file, as it is shown. */
  name: string;
  connection: Connection;
  /** Counts the times the file has been read from the server. */
  version: number;
  trans: TranslationBundle;
  /** Shown until the tree is here. */
  opening: ReactNode;
}

/**
 * H5Web on an open file. With a new version it reads anew and stays at the same place.
 * This module is loaded with the first file: H5Web and three.js stay out of Lab's start.
 */
export default function H5Web(props: H5WebProps) {
  const { name, connection, version, trans, opening } = props;
  const provider = useMemo(
    () =>
      new Hdf5Provider(name, connection, (failure, path) =>
        sentenceOf(describeFailure(failure, path, trans)),
      ),
    [name, connection, version, trans],
  );
  // React throws away what waits before it was shown, with the provider and all that was read.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <DataProvider api={provider}>
      <KeepFrames provider={provider} />
      {isMounted ? (
        <Suspense fallback={opening}>
          {/* Its dark mode follows the system; ours follows JupyterLab's theme, by CSS. */}
          <App disableDarkMode />
        </Suspense>
      ) : (
        opening
      )}
    </DataProvider>
  );
}
