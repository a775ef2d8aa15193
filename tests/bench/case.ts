/** One way to be measured: us, or the peer, at the same work. */
export interface Contender {
  /** Does the work once and gives the figure. */
  measure(): Promise<number>;
}

/** One row of a case: the same work under one condition. */
export interface Variant {
  name: string;
  unit: string;
  better: 'less' | 'more';
  /** How often it is measured at most; as often as asked for if absent. */
  runs?: number;
  ours: Contender;
  /** Absent where there is no peer. */
  peer?: Contender;
}

/** What `npm run bench NAME` measures. */
export interface Case {
  /** What is measured and what is simulated, for the reader of the figures. */
  about?: string;
  /** Prepares all contenders; `close` ends what that started. */
  open(): Promise<{ variants: Variant[]; close(): Promise<void> }>;
}

/** A row of docs/benchmarks/<case>.json. `ratio` above 1 means that we are ahead. */
export interface Result {
  variant: string;
  unit: string;
  peer: number | null;
  ours: number;
  ratio: number | null;
  runs: number;
}

export interface Report {
  case: string;
  about?: string;
  date: string;
  machine: string;
  command: string;
  results: Result[];
}
