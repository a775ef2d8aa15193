import type { Association, Qos } from '@beamtime/contract';

/** What Slurm's accounting says of a person. */
export interface Accounting {
  /** `null` where there is no accounting, or it does not tell: then it is not judged. */
  associations: Association[] | null;
  /** The priority classes that the associations name. */
  qos: Qos[];
}

export const NO_ACCOUNTING: Accounting = { associations: null, qos: [] };

/** Tells what people may charge. Never fails, and answers within two seconds. */
export interface AccountingSource {
  of(person: string): Promise<Accounting>;
}

/** Sites without Slurm. */
export const noAccounting: AccountingSource = {
  of: () => Promise.resolve(NO_ACCOUNTING),
};
