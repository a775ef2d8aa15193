import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ExperimentSearch } from '../model/experiment-search.js';
import type { FormStore, ReadyState } from '../model/form-store.js';
import type { OwnSoftwareCheck } from '../model/own-software.js';
import type { PresetShelf } from '../model/presets.js';
import type { ScriptPreview } from '../model/script.js';
import type { SessionName } from '../model/session-name.js';
import type { Ended } from '../page/boot.js';

/** What the parts of the form work with. */
export interface Tools {
  store: FormStore;
  search: ExperimentSearch;
  script: ScriptPreview;
  presets: PresetShelf;
  software: OwnSoftwareCheck;
  sessionName: SessionName;
  /** Name of the session that the page is for; empty for the default one. */
  server: string;
  /** How that session ended before; `null` if it did not, or if that is long ago. */
  ended: Ended | null;
  /** The address of a form that is filled with what `query` says. */
  linkTo: (query: string) => string;
}

const Context = createContext<Tools | null>(null);

/** Gives the tools to all parts below. */
export const ToolsProvider = Context.Provider;

/** The tools of the page. */
export function useTools(): Tools {
  const tools = useContext(Context);
  if (!tools) {
    throw new Error('A part of the form is used outside of the page.');
  }
  return tools;
}

/** What every part of the form is given. */
export interface PartProps {
  state: ReadyState;
}
