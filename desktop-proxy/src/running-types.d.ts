// @jupyterlab/running comes with JupyterLab; only its types are missing here.
declare module '@jupyterlab/running' {
  import type { LabIcon } from '@jupyterlab/ui-components';
  import type { Token } from '@lumino/coreutils';
  import type { IDisposable } from '@lumino/disposable';
  import type { ISignal } from '@lumino/signaling';

  /** The kinds of things that the panel "Running" lists. */
  export interface IRunningSessionManagers {
    add(manager: IRunningSessions.IManager): IDisposable;
  }
  export const IRunningSessionManagers: Token<IRunningSessionManagers>;

  export namespace IRunningSessions {
    interface IManager {
      /** Heading. */
      name: string;
      running(): IRunningItem[];
      shutdownAll(): void;
      refreshRunning(): void;
      runningChanged: ISignal<unknown, unknown>;
      shutdownLabel?: string;
      shutdownAllLabel?: string;
      shutdownAllConfirmationText?: string;
    }
    interface IRunningItem {
      open: () => void;
      shutdown?: () => void;
      icon: () => LabIcon;
      label: () => string;
      labelTitle?: () => string;
      detail?: () => string;
    }
  }
}
