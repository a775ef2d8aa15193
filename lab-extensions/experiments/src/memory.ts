import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';

/** What one place of the interface remembers from one visit to the next. */
export interface Memory {
  /** `undefined` if there is nothing yet. */
  read(): Promise<unknown>;
  write(value: ReadonlyPartialJSONValue): void;
}

/** @param name - of the place, in Lab's state database. */
export function memoryOf(state: IStateDB | null, name: string): Memory {
  const id = `beamtime-experiments:${name}`;
  return {
    read: async () => state?.fetch(id),
    write: (value) => {
      // What is not remembered is no reason to stop.
      state?.save(id, value).catch((error: unknown) => {
        console.warn(`Beamtime could not remember ${name}.`, error);
      });
    },
  };
}
