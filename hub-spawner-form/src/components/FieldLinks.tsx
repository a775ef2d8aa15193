/** @jsxImportSource preact */
import { FIELDS, FIELD_TITLES, type Problems } from '../model/fields.js';
import { fieldId } from './Field.js';

/** Links to the fields at which something is wrong; nothing if there is none. */
export function FieldLinks({ problems }: { problems: Problems }) {
  const wrong = FIELDS.filter((name) => problems[name].length > 0);
  if (wrong.length === 0) {
    return null;
  }
  return (
    <>
      To be changed:{' '}
      {wrong.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <a href={`#${fieldId(name)}`}>{FIELD_TITLES[name]}</a>
        </span>
      ))}
    </>
  );
}
