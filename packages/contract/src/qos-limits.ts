import type { Charge } from './accounts.js';
import type { RuleContext } from './context.js';
import type { FieldError, SessionRequest } from './session.js';
import { count } from './words.js';

/** What is more than the priority class gives to one job. Its time is judged with the others. */
export function checkQosLimits(
  { nprocs, ngpus = 0 }: SessionRequest,
  { qos: name }: Charge,
  { qos = [] }: RuleContext,
): FieldError[] {
  const found = qos.find((one) => one.name === name);
  const errors: FieldError[] = [];
  const check = (
    field: string,
    value: number,
    most: number | null,
    noun: string,
  ) => {
    if (most !== null && value > most) {
      errors.push({
        field,
        message: `The priority class ${name ?? ''} gives a session at most ${count(most, noun)}; you ask for ${count(value, noun)}.`,
      });
    }
  };
  check('nprocs', nprocs, found?.maxCpus ?? null, 'core');
  check('ngpus', ngpus, found?.maxGpus ?? null, 'GPU');
  return errors;
}
