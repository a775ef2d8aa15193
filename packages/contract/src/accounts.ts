import type { Association } from './accounting.js';
import type { Partition } from './cluster.js';
import type { RuleContext } from './context.js';
import type { FieldError, SessionRequest } from './session.js';

/** What a session would be charged to. */
export interface Charge {
  errors: FieldError[];
  /** The association that would be used; `null` where none is known. */
  association: Association | null;
  /** The QOS that the job would have; `null` where it is not known. */
  qos: string | null;
}

type Lists = Pick<
  Partition,
  'allowAccounts' | 'denyAccounts' | 'allowQos' | 'denyQos'
>;

/** Accounts that may be charged in a partition. */
export function accountsFor(
  { name, allowAccounts, denyAccounts }: Partition,
  associations: readonly Association[],
): Association[] {
  return associations.filter(
    (one) =>
      (one.partition === null || one.partition === name) &&
      letsIn(allowAccounts, denyAccounts, one.account),
  );
}

/** Priority classes that one may ask for with an association in a partition. */
export function qosFor(
  { allowQos, denyQos }: Lists,
  { qos }: Association,
): string[] {
  return qos.filter((name) => letsIn(allowQos, denyQos, name));
}

/**
 * Finds what the session is charged to: what was asked for, else what Slurm takes by itself.
 * Without accounting only the partition's own lists are looked at.
 */
export function checkCharge(
  { account, qos }: SessionRequest,
  partition: Partition,
  { associations = null }: RuleContext,
): Charge {
  if (associations === null || associations.length === 0) {
    return withoutAccounting(account, qos, partition);
  }
  const charge: Charge = { errors: [], association: null, qos: null };
  const open = accountsFor(partition, associations);
  const names = [...new Set(open.map((one) => one.account))];
  const choose = (list: readonly string[]) =>
    list.length === 0
      ? 'Choose another partition.'
      : `Choose ${list.length === 1 ? '' : 'one of '}${list.join(', ')}.`;
  const wanted =
    account?.toLowerCase() ??
    associations.find(({ isDefault }) => isDefault)?.account;
  // The one of this partition goes before the one for all.
  const association = open
    .filter((one) => one.account === wanted)
    .sort((a, b) => Number(a.partition === null) - Number(b.partition === null))
    .at(0);
  if (!association) {
    const known = associations.some((one) => one.account === wanted);
    const message =
      wanted === undefined
        ? `You have no usual account for ${partition.name}.`
        : known
          ? `${partition.name} cannot be charged to ${account === undefined ? 'your usual account ' : ''}${wanted}.`
          : `You have no account ${JSON.stringify(wanted)}.`;
    charge.errors.push({
      field: 'account',
      message: `${message} ${choose(names)}`,
    });
    return charge;
  }
  charge.association = association;
  const offered = qosFor(partition, association);
  const usual = association.defaultQos;
  charge.qos = qos ?? usual;
  if (
    charge.qos !== null &&
    association.qos.length > 0 &&
    !offered.includes(charge.qos)
  ) {
    const known = association.qos.includes(charge.qos);
    const message = !known
      ? `${association.account} has no priority class ${JSON.stringify(charge.qos)}.`
      : `${partition.name} does not take ${qos === undefined ? 'your usual priority class ' : 'the priority class '}${charge.qos}.`;
    charge.errors.push({
      field: 'qos',
      message: `${message} ${choose(offered)}`,
    });
  }
  return charge;
}

/** Names that nobody can vouch for: only what the partition itself says of them. */
function withoutAccounting(
  account: string | undefined,
  qos: string | undefined,
  partition: Partition,
): Charge {
  const errors: FieldError[] = [];
  const check = (
    field: 'account' | 'qos',
    name: string | undefined,
    allow: readonly string[] | null,
    deny: readonly string[],
  ) => {
    if (name !== undefined && !letsIn(allow, deny, name)) {
      errors.push({
        field,
        message: `${partition.name} does not take ${name}. ${
          allow === null
            ? 'Choose another.'
            : allow.length === 0
              ? 'It takes none: choose another partition.'
              : `It takes ${allow.join(', ')}.`
        }`,
      });
    }
  };
  check('account', account, partition.allowAccounts, partition.denyAccounts);
  check('qos', qos, partition.allowQos, partition.denyQos);
  return { errors, association: null, qos: qos ?? null };
}

function letsIn(
  allow: readonly string[] | null,
  deny: readonly string[],
  name: string,
): boolean {
  return allow === null ? !deny.includes(name) : allow.includes(name);
}
