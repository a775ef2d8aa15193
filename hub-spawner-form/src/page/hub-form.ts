/**
 * Makes the hub's form ours: its own button disappears, and nothing is sent by Enter in a
 * field, but by our button and by Ctrl+Enter. Without this script the hub's button stays.
 *
 * @param mayStart - asked before the form is sent; `false` keeps it here.
 * @param signal - ends the listening.
 */
export function adoptHubForm(
  form: HTMLFormElement,
  root: HTMLElement,
  mayStart: () => boolean,
  signal: AbortSignal,
): void {
  const buttons = form.querySelectorAll<HTMLElement>(
    'button:not([type=button]), input[type=submit]',
  );
  for (const button of buttons) {
    if (!root.contains(button)) {
      button.hidden = true;
    }
  }
  // The rest of the hub's page (title, width, its own error) is fitted by style sheet.
  form.classList.add('bt-form');
  form.closest('.container')?.classList.add('bt-page');

  // Before the hub's own listener, which takes its button for pressed.
  form.addEventListener(
    'submit',
    (event) => {
      if (!mayStart()) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true, signal },
  );
  root.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
        event.preventDefault();
      }
    },
    { signal },
  );
  form.ownerDocument.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
    { signal },
  );
}

/** Puts the focus into the first field at which something is wrong. */
export function focusFirstProblem(root: HTMLElement): void {
  focusField(root.querySelector<HTMLElement>('[data-wrong]'));
}

/** Puts the focus into a field: into what is chosen there, else into its first control. */
export function focusField(field: HTMLElement | null): void {
  const control =
    field?.querySelector<HTMLElement>('input:checked:enabled') ??
    field?.querySelector<HTMLElement>('input:enabled, select:enabled') ??
    field;
  control?.focus();
}
