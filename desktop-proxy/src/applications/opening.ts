/** With what a program is opened. Paths are those of Jupyter's contents API. */
export interface Opening {
  /** The file that is handed to it. */
  file?: string | undefined;
  /** Where it starts; that of the file if absent. */
  folder?: string | undefined;
  /** The experiment's folder below `Experiments/`; found from the paths if absent. */
  experiment?: string | undefined;
  /** By itself in the tab, or inside the full desktop; the program's own wish if absent. */
  mode?: 'window' | 'desktop' | undefined;
}
