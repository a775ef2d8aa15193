import { type Association, parseSlurmTime, type Qos } from '@beamtime/contract';
import { readList } from './records.js';

/** Columns of `sacctmgr … show user … withassoc`, in this order. */
export const USER_COLUMNS =
  'User,DefaultAccount,Cluster,Account,Partition,QOS,DefaultQOS,MaxWall';

/** Columns of `sacctmgr … show qos`, in this order. */
export const QOS_COLUMNS = 'Name,Description,MaxWall,MaxTRESPerJob';

/**
 * Reads what a person may charge.
 *
 * @param text - a line for each association, columns between bars.
 * @param cluster - the name of this cluster: the accounting may know several.
 */
export function readAssociations(
  text: string,
  person: string,
  cluster: string,
): Association[] {
  return lines(text).flatMap((columns) => {
    const [user, usual, where, account, partition, qos, defaultQos, wall] =
      columns;
    return user === person && where === cluster && account
      ? [
          {
            account,
            partition: orNull(partition),
            qos: readList(qos),
            defaultQos: orNull(defaultQos),
            isDefault: account === usual,
            maxMinutes: minutes(wall),
          },
        ]
      : [];
  });
}

/** Reads all priority classes. */
export function readQos(text: string): Qos[] {
  return lines(text).flatMap(([name, description, wall, most]) =>
    name
      ? [
          {
            name,
            description: description ?? '',
            maxMinutes: minutes(wall),
            maxCpus: resource(most, 'cpu'),
            maxGpus: resource(most, 'gres/gpu'),
          },
        ]
      : [],
  );
}

function lines(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('|'));
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function minutes(text: string | undefined): number | null {
  return parseSlurmTime(text ?? '') ?? null;
}

/** One of `cpu=16,gres/gpu=2,mem=64G`. */
function resource(text: string | undefined, name: string): number | null {
  const found = (text ?? '')
    .split(',')
    .find((item) => item.startsWith(`${name}=`));
  const number = Number(found?.slice(name.length + 1) ?? NaN);
  return Number.isInteger(number) ? number : null;
}
