import { App, DataProvider, isGroup, useDataContext } from '@h5web/app';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import {
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import type { ReactNode } from 'react';

import { drawnFirst, lookAlong } from './along.js';
import type { Shown } from './code.js';
import { hurry } from './hurry.js';
import { quicken } from './keyed-store.js';
import { LargePlace } from './large-place.js';
import { LargeValues } from './large-values.js';
import { describeFailure, sentenceOf } from './messages.js';
import { MissingParts } from './missing-parts.js';
import { Pace } from './pace.js';
import type { Progress } from './pictures.js';
import { Hdf5Provider } from './provider.js';
import { ReadAhead } from './read-ahead.js';
import type { Reader } from './reader.js';
import { renew } from './renewal.js';
import { shownOf, signalOf } from './shown.js';
import { ValueBudget } from './value-budget.js';
import { watchValues } from './watch-values.js';
import type { ValueParams } from './watch-values.js';

/** H5Web gives the picture 500 px at least: beside its tree that is too much for a narrow window. */
const WIDE = 1000;

/** Bytes of frames that are kept to step back to without reading. */
const KEPT_FRAMES = 256 * 1024 * 1024;

interface KeepFramesProps {
  provider: Hdf5Provider;
  large: LargeValues;
  reader: Reader;
  renewed: ISignal<unknown, void>;
  /** What is shown has been read anew: it must be drawn. */
  onRenewed: () => void;
  /** Hears of pictures of which a reduced one is shown. */
  onProgress: (state: Progress['state']) => void;
  onShown: (shown: Shown) => void;
  /** Hears of the files that what is shown is made of and that are not there. */
  onMissing: (files: readonly string[]) => void;
}

/** Looks after the frames that are kept: not too many, and the neighbours already there. */
function KeepFrames(props: KeepFramesProps): null {
  const { provider, large, reader, renewed } = props;
  const { onRenewed, onProgress, onShown, onMissing } = props;
  const { entitiesStore, valuesStore } = useDataContext();
  const drawn = useRef<ValueParams[]>([]);
  useEffect(() => {
    const update = () => {
      renew(drawn.current, reader, { entitiesStore, valuesStore }).then(
        onRenewed,
        () => undefined, // It is tried again when it changes again.
      );
    };
    renewed.connect(update);
    return () => {
      renewed.disconnect(update);
    };
  }, [renewed, reader, entitiesStore, valuesStore, onRenewed]);
  useEffect(() => {
    const budget = new ValueBudget(KEPT_FRAMES, (params) =>
      valuesStore.evict(params),
    );
    const ahead = new ReadAhead(
      { ...valuesStore }, // Which tells what is really there.
      (request) => provider.fetchAhead(request),
      () => large.waiting,
    );
    const hurrying = hurry(valuesStore);
    let path: string | undefined;
    const tellMissing = () => {
      const asked = path;
      const answer = asked === undefined ? [] : reader.missing(asked);
      void Promise.resolve(answer).then(
        (files) => asked === path && onMissing(files),
        () => undefined, // What cannot be read says so itself.
      );
    };
    const tellShown = shownOf((all) => {
      drawn.current = all;
      hurrying.drawn(all);
      const signal = signalOf(all);
      if (signal !== undefined) {
        onShown(signal);
        path = signal.path;
        tellMissing();
      }
    });
    const stopWatching = watchValues(valuesStore, (params, isWaiting) => {
      tellShown(params);
      ahead.drawn(params);
      large.drawn(params, isWaiting);
    });
    provider.onValue = (params, value, duration) => {
      budget.add(params, value);
      ahead.loaded(params, value, duration);
      if (params.dataset.path === path) {
        tellMissing();
      }
    };
    const { pictures } = provider;
    pictures.onProgress = (params, progress) => {
      if (progress.state === 'whole') {
        // The store has it under as many keys as it was drawn.
        valuesStore.evict(params);
        valuesStore.preset(params, progress.value);
      } else if (progress.state === 'given-up') {
        valuesStore.evict(params);
      } else {
        ahead.leave(params);
      }
      onProgress(progress.state);
    };
    return () => {
      provider.onValue = null;
      pictures.onProgress = null;
      stopWatching();
      hurrying.end();
      ahead.dispose();
    };
  }, [provider, large, reader, valuesStore, onProgress, onShown, onMissing]);
  return null;
}

/** Makes H5Web's stores quick before it asks them anything. */
function QuickStores({ provider }: { provider: Hdf5Provider }): null {
  const { entitiesStore, attrValuesStore } = useDataContext();
  useMemo(() => {
    quicken(
      entitiesStore,
      (path) => path,
      async (path) => {
        const entity = await provider.getEntity(path);
        // As H5Web does it: what is known of a group's datasets need not be asked for.
        for (const child of 'children' in entity ? entity.children : []) {
          if (!isGroup(child)) {
            entitiesStore.preset(child.path, child);
          }
        }
        return entity;
      },
    );
    quicken(
      attrValuesStore,
      ({ path }) => path,
      (entity) => provider.getAttrValues(entity),
    );
    // As H5Web has done with its own: what is drawn first is on its way.
    entitiesStore.prefetch('/');
  }, [provider, entitiesStore, attrValuesStore]);
  return null;
}

/**
 * Reads what leads to the first picture, and has it drawn at once: when React has shown that
 * something waits, it shows that something else does only half a second later, unless all is
 * drawn anew.
 */
function LookAlong({
  path,
  onKnown,
}: {
  path: string;
  onKnown: () => void;
}): null {
  const { entitiesStore, attrValuesStore, valuesStore } = useDataContext();
  useEffect(() => {
    let left = false;
    const look = async () => {
      const last = await lookAlong(path, { entitiesStore, attrValuesStore });
      if (!left) {
        const first = drawnFirst(last, { attrValuesStore });
        if (first !== null) {
          valuesStore.prefetch(first);
        }
        onKnown();
      }
    };
    look().catch(() => undefined); // H5Web says it in its place.
    return () => {
      left = true;
    };
  }, [path, entitiesStore, attrValuesStore, valuesStore, onKnown]);
  return null;
}

/** Says that a picture is not the whole one. */
function PictureStatus(props: {
  state: Progress['state'];
  trans: TranslationBundle;
}) {
  const { state, trans } = props;
  const words =
    state === 'coming'
      ? trans.__('Reduced picture. The full one is coming …')
      : state === 'failed'
        ? trans.__('Reduced picture. The full one did not come: press Refresh.')
        : '';
  return (
    <p role="status" className="bt-Hdf5Viewer-picture" hidden={words === ''}>
      {words}
    </p>
  );
}

export interface H5WebProps {
  /** Name of the file, as it is shown. */
  name: string;
  reader: Reader;
  /** What is shown first; with another count, shown anew. */
  start: { path: string; count: number };
  /** The file has grown. */
  renewed: ISignal<unknown, void>;
  /** Hears of each dataset that is drawn. */
  onShown: (shown: Shown) => void;
  /** Bytes up to which a value is read without asking. */
  askAbove: () => number;
  trans: TranslationBundle;
  /** Shown until the tree is here. */
  opening: ReactNode;
}

/**
 * H5Web on an open file. With a new reader it reads anew and stays at the same place.
 * This module is loaded with the first file: H5Web and three.js stay out of Lab's start.
 */
export default function H5Web(props: H5WebProps) {
  const { name, reader, start, renewed, askAbove, onShown, trans, opening } =
    props;
  const large = useMemo(() => new LargeValues(askAbove), [askAbove]);
  const pace = useMemo(() => new Pace(), []);
  const provider = useMemo(
    () =>
      new Hdf5Provider(
        name,
        reader,
        large,
        (failure, path) => sentenceOf(describeFailure(failure, path, trans)),
        pace,
      ),
    [name, reader, large, trans, pace],
  );
  const container = useRef<HTMLDivElement>(null);
  // React throws away what waits before it was shown, with the provider and all that was read.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => {
    let left = false;
    const mount = () => {
      if (!left) {
        setMounted(true);
      }
    };
    // Drawn without what is at the top, H5Web would say that it waits, and React would then
    // show nothing else for half a second.
    provider.getEntity('/').then(mount, mount);
    return () => {
      left = true;
    };
  }, [provider]);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  // A new state draws all anew, from the values that are there now.
  const [picture, setPicture] = useState<Progress['state']>('whole');
  const [missing, setMissing] = useState<readonly string[]>([]);
  // The same again must not draw again, or that would ask again.
  const tellMissing = useCallback(
    (files: readonly string[]) =>
      setMissing((before) =>
        before.join('\n') === files.join('\n') ? before : files,
      ),
    [],
  );
  return (
    <DataProvider api={provider}>
      <QuickStores provider={provider} />
      <KeepFrames
        {...{ provider, large, reader, renewed, onShown }}
        onRenewed={draw}
        onProgress={setPicture}
        onMissing={tellMissing}
      />
      <LookAlong path={start.path} onKnown={draw} />
      <LargePlace {...{ large, reader, pace, container, trans }} />
      <PictureStatus state={picture} trans={trans} />
      <MissingParts files={missing} trans={trans} />
      {isMounted ? (
        <div ref={container} className="bt-Hdf5Viewer-h5web">
          <Suspense fallback={opening}>
            {/* Its dark mode follows the system; ours follows JupyterLab's theme, by CSS. */}
            <App
              key={start.count}
              initialPath={start.path}
              sidebarOpen={window.innerWidth >= WIDE}
              disableDarkMode
            />
          </Suspense>
        </div>
      ) : (
        opening
      )}
    </DataProvider>
  );
}
