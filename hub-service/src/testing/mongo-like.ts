/** A document of a list in memory. */
export type Row = Record<string, unknown>;

/** Whether a row fulfils a condition, as far as our adapters word them. */
export function fulfils(row: Row, where: unknown): boolean {
  return entriesOf(where).every(([key, wanted]) => {
    switch (key) {
      case '$and':
        return listOf(wanted).every((one) => fulfils(row, one));
      case '$or':
        return listOf(wanted).some((one) => fulfils(row, one));
      default:
        return matches(valueAt(row, key), wanted);
    }
  });
}

/** What is at a dotted path; of a list, what is there in each of its elements. */
export function valueAt(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => {
    if (Array.isArray(value)) {
      return value.map((one: unknown) => valueAt(one, part));
    }
    return entriesOf(value).find(([name]) => name === part)?.[1];
  }, row);
}

export function compare(one: unknown, other: unknown): number {
  const [a, b] = [one, other].map((value) =>
    typeof value === 'string' ? value : '',
  );
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

function matches(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some((one) => matches(one, wanted));
  }
  if (typeof wanted !== 'object' || wanted === null) {
    return (value ?? null) === wanted;
  }
  const options = valueAt(wanted, '$options');
  return entriesOf(wanted).every(([operator, operand]) => {
    switch (operator) {
      case '$in':
        return listOf(operand).includes(value);
      case '$ne':
        return value !== operand;
      case '$gte':
        return typeof value === 'string' && compare(value, operand) >= 0;
      case '$lte':
        return typeof value === 'string' && compare(value, operand) <= 0;
      case '$regex':
        return (
          typeof value === 'string' &&
          new RegExp(String(operand), String(options)).test(value)
        );
      case '$options':
        return true;
      default:
        throw new Error(`${operator} is not known here.`);
    }
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
    : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
