/** @jsxImportSource preact */
import { fieldId, isSimple, labelOf, type FieldName } from '../model/fields.js';
import { wrongFields } from '../model/problems.js';
import { focusField } from '../page/hub-form.js';
import { type PartProps, useTools } from './tools.js';

/** Links to the fields at which something is wrong; nothing if there is none. */
export function FieldLinks({ state }: PartProps) {
  const { store } = useTools();
  const { problems, tab } = state;
  const wrong = wrongFields(problems);
  if (wrong.length === 0) {
    return null;
  }
  const go = (field: FieldName) => {
    const there = tab === 'simple' && !isSimple(field) ? 'advanced' : tab;
    store.showTab(there);
    // The other tab is drawn by then.
    requestAnimationFrame(() =>
      focusField(document.getElementById(fieldId(field, there))),
    );
  };
  const labels = new Map(wrong.map((field) => [labelOf(field, tab), field]));
  return (
    <>
      To be changed:{' '}
      {[...labels].map(([label, field], index) => (
        <span key={field}>
          {index > 0 && ', '}
          <a
            href={`#${fieldId(field, tab)}`}
            onClick={(event) => {
              event.preventDefault();
              go(field);
            }}
          >
            {label}
          </a>
        </span>
      ))}
    </>
  );
}
