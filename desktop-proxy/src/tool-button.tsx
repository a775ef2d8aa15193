import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReactElement } from 'react';

/** How a button of the toolbar looks now. */
export interface Face {
  label?: string;
  icon?: LabIcon;
  tooltip?: string;
  /** For the style sheet. */
  state?: string;
}

/**
 * A button of the toolbar that says whether it is on, or its panel open.
 *
 * Not JupyterLab's own: that says so on an element without a role, which a screen
 * reader may not hear.
 */
export function ToolButton(
  props: Face & {
    isOn?: boolean;
    /** Whether its panel is open; absent for one without. */
    isOpen?: boolean;
    onClick: () => void;
  },
): ReactElement {
  const { icon, label, tooltip, state, isOn, isOpen, onClick } = props;
  return (
    <button
      type="button"
      className="jp-ToolbarButtonComponent bt-Desktop-tool"
      data-state={state}
      title={tooltip}
      aria-label={label ?? tooltip}
      aria-pressed={isOn}
      aria-haspopup={isOpen === undefined ? undefined : 'dialog'}
      aria-expanded={isOpen}
      onClick={onClick}
    >
      {icon && <icon.react tag={null} />}
      {label && (
        <span className="jp-ToolbarButtonComponent-label">{label}</span>
      )}
    </button>
  );
}
