import type { RuleContext } from './context.js';
import type { FieldError, SessionRequest } from './session.js';

/** Whether a request names software of the person's own. */
export function isCustom({
  environment_path: path,
  environment_modules: modules,
}: SessionRequest): boolean {
  return path !== undefined || (modules !== undefined && modules.length > 0);
}

/** What is wrong with the software that was asked for. */
export function checkSoftware(
  request: SessionRequest,
  { policy }: RuleContext,
): FieldError[] {
  if (!policy) {
    return [];
  }
  const { environment_id: id, environment_path: path } = request;
  const field = path === undefined ? 'environment_modules' : 'environment_path';
  if (isCustom(request)) {
    if (!policy.allow.customEnvironments) {
      return [
        {
          field,
          message: `Software of your own cannot be used here. Choose ${policy.environments.map(({ name }) => name).join(', ')}.`,
        },
      ];
    }
    return id === undefined
      ? []
      : [
          {
            field,
            message: `Choose either the environment ${id} or software of your own, not both.`,
          },
        ];
  }
  const found =
    id === undefined
      ? policy.environments[0]
      : policy.environments.find((environment) => environment.id === id);
  if (!found) {
    return [
      {
        field: 'environment_id',
        message: `There is no environment ${JSON.stringify(id)} here. There are: ${policy.environments.map((one) => one.id).join(', ')}.`,
      },
    ];
  }
  const { partition } = request;
  if (found.partitions?.includes(partition) ?? true) {
    return [];
  }
  const there = policy.environments.filter(
    (one) => one.partitions?.includes(partition) ?? true,
  );
  return [
    {
      field: 'environment_id',
      message: `${found.name} is not installed on the machines of ${partition}. ${
        there.length === 0
          ? `Choose ${found.partitions?.join(', ') ?? 'another partition'}.`
          : `There you can use ${there.map(({ name }) => name).join(', ')}.`
      }`,
    },
  ];
}
