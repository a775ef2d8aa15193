/** What the page asks of the worker that reads a file, and what it is told. Types only. */

/** Where a file is, and how to ask for it. */
export interface FileLocation {
  /** Path below the server's root, `/` between the names, not encoded. */
  path: string;
  /** URLs under which the server gives files, best first; each ends in `/`. */
  sources: readonly string[];
  /** Headers of every request: the token and the XSRF header. */
  headers: Readonly<Record<string, string>>;
  /** Absolute path of the server's root folder, for links that are absolute; null if not known. */
  root: string | null;
}

export interface OpenedFile {
  /** Size in bytes when it was opened; what a writer appends later is seen after a refresh. */
  size: number;
  /** The one of `FileLocation.sources` that has answered. */
  source: string;
}

/** Why something cannot be read. `file` is the path below the server's root. */
export type Failure =
  | { kind: 'missing'; file: string }
  | { kind: 'forbidden'; file: string }
  | { kind: 'unreachable'; file: string }
  | { kind: 'changed'; file: string }
  | { kind: 'empty' }
  | { kind: 'not-hdf5'; netcdf3: boolean }
  /** Bytes that are there, and bytes that the file says it has. */
  | { kind: 'truncated'; bytes: number; expected: number }
  | { kind: 'being-written' }
  | { kind: 'filter'; name: string }
  /** Bytes of the selection, and the most that is read at once. */
  | { kind: 'too-large'; bytes: number; limit: number }
  | { kind: 'cancelled' }
  /** The worker is of no more use. */
  | { kind: 'crashed'; detail: string }
  | { kind: 'unreadable'; detail: string };

/** The type of a value, as HDF5 has it. Sizes in bits. */
export type TypeDescription =
  | { class: 'integer'; bits: number; signed: boolean; littleEndian: boolean }
  | { class: 'float'; bits: number; littleEndian: boolean }
  | {
      class: 'string';
      /** Number of bytes; null if it varies. */
      length: number | null;
      utf8: boolean;
      padding: number;
    }
  | {
      class: 'compound';
      fields: readonly (readonly [string, TypeDescription])[];
    }
  | { class: 'enum'; base: TypeDescription; members: Record<string, number> }
  | { class: 'array'; base: TypeDescription; dims: number[] }
  | { class: 'sequence'; base: TypeDescription }
  | { class: 'bitfield'; littleEndian: boolean }
  | { class: 'opaque' | 'reference' | 'time' | 'unknown' };

export interface AttributeDescription {
  name: string;
  /** Null: an empty dataspace; `[]`: one value. */
  dims: number[] | null;
  type: TypeDescription;
  /** Where it came along. */
  value?: unknown;
}

export interface LinkDescription {
  class: 'Soft' | 'External';
  file?: string;
  path: string;
}

interface Named {
  name: string;
  /** Absolute path in the file. */
  path: string;
  attributes: AttributeDescription[];
}

export interface DatasetDescription extends Named {
  kind: 'dataset';
  dims: number[] | null;
  type: TypeDescription;
  chunks: number[] | null;
  filters: { id: number; name: string }[];
  /** Files and paths that a virtual dataset is made of. */
  sources: { file: string; path: string }[];
}

export interface GroupDescription extends Named {
  kind: 'group';
  /** Null in a child: it is asked for when the group is opened. */
  children: EntityDescription[] | null;
}

export interface DatatypeDescription extends Named {
  kind: 'datatype';
  type: TypeDescription;
}

/** A link that leads nowhere, or to a file that is not there. */
export interface UnresolvedDescription extends Named {
  kind: 'unresolved';
  link: LinkDescription | null;
}

export type EntityDescription =
  | DatasetDescription
  | GroupDescription
  | DatatypeDescription
  | UnresolvedDescription;

export interface Operations {
  /** Opens a file, or reads the one that is open again from the server. */
  open: { args: FileLocation; result: OpenedFile };
  entity: { args: { path: string }; result: EntityDescription };
  attributes: {
    args: { path: string; names: readonly string[] };
    result: Record<string, unknown>;
  };
  /**
   * `selection` has an index or `:` for each axis, with commas; null for everything.
   * `ahead`: nobody waits for it yet, all others go first.
   */
  value: {
    args: { path: string; selection: string | null; ahead?: boolean };
    result: unknown;
  };
  /** Paths below `path`, at any depth. */
  paths: { args: { path: string }; result: string[] };
  /**
   * Paths below the server's root of the files that were asked for because the open one names
   * them, there or not: parts of virtual datasets, files of external links. The last ones.
   */
  neighbours: { args: { most: number }; result: string[] };
  /**
   * Names of the files that a virtual dataset is made of and that are not there, as far as
   * they were asked for: HDF5 gives fill values in their place, without a word.
   */
  missing: { args: { path: string }; result: string[] };
}

export type Operation = keyof Operations;

export interface Call<K extends Operation> {
  id: number;
  operation: K;
  args: Operations[K]['args'];
}

export type AnyCall = { [K in Operation]: Call<K> }[Operation];

/** Takes a call back; one that has begun goes on, and its answer is thrown away. */
export interface Cancel {
  id: number;
  operation: 'cancel';
}

export type Reply =
  { id: number; value: unknown } | { id: number; failure: Failure };

/** A sign of life from a worker that is busy. */
export interface Beat {
  /** Whether it waits for the server now. */
  network: boolean;
}
