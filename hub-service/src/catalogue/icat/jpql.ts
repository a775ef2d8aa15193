/**
 * Queries in ICAT's JPQL. Its lexer knows no whitespace but the space, and takes a string
 * literal as it stands until the next single quote.
 */

/** A string literal; what a person typed can never end it. */
export function literal(text: string): string {
  return `'${clean(text).replaceAll("'", "''")}'`;
}

/** A list for `IN`. */
export function literals(texts: readonly string[]): string {
  return `(${texts.map(literal).join(', ')})`;
}

/**
 * Whether an expression contains a word, without regard to case.
 *
 * ICAT looks for the names of its timestamp parameters (`:ts` and digits) in the whole
 * query, strings too, so a colon is matched as any character.
 */
export function contains(expression: string, word: string): string {
  const upper = clean(word).toUpperCase();
  const special = /[%_!\\]/.test(upper);
  const pattern = (special ? upper.replace(/[%_!]/g, '!$&') : upper).replaceAll(
    ':',
    '_',
  );
  return `UPPER(${expression}) LIKE ${literal(`%${pattern}%`)}${special ? " ESCAPE '!'" : ''}`;
}

/**
 * A point of time as ICAT writes it: in the clock of its own machine, and to the second.
 *
 * @param wall - `2025-01-08T08:00:00`, the clock of ICAT's machine.
 */
export function timestamp(wall: string): string {
  return `{ts ${wall.slice(0, 10)} ${wall.slice(11, 19)}}`;
}

export function and(...parts: readonly (string | null)[]): string | null {
  const given = parts.filter((part) => part !== null);
  return given.length === 0 ? null : given.join(' AND ');
}

export function or(...parts: readonly string[]): string {
  return `(${parts.join(' OR ')})`;
}

export interface Query {
  select: string;
  from: string;
  where?: string | null;
  orderBy?: string;
  limit?: number;
  include?: readonly string[];
}

/** The clauses in the one order that the server takes. */
export function render({
  select,
  from,
  where = null,
  orderBy,
  limit,
  include = [],
}: Query): string {
  return [
    `SELECT ${select} FROM ${from}`,
    where === null ? '' : ` WHERE ${where}`,
    orderBy === undefined ? '' : ` ORDER BY ${orderBy}`,
    limit === undefined ? '' : ` LIMIT 0,${limit}`,
    include.length === 0 ? '' : ` INCLUDE ${include.join(', ')}`,
  ].join('');
}

/** Control characters end ICAT's reading of a query. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
