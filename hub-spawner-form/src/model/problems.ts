import {
  checkRequest,
  type FieldError,
  type FormData as SessionForm,
  type SessionRequest,
} from '@beamtime/contract';
import type { Choice } from './choice.js';
import { contextOf } from './context.js';
import {
  FIELDS,
  fieldOf,
  isSimple,
  type FieldName,
  type Tab,
} from './fields.js';
import { findMistakes } from './mistakes.js';

/** Messages by field; `other` holds those that belong to none of them. */
export type Problems = Readonly<Record<FieldName | 'other', readonly string[]>>;

/**
 * What is wrong with a choice, by the rules and by what the hub has said of it.
 *
 * @param said - what the hub found, before or after it was asked to start.
 * @returns `blocked` if the rules alone refuse it: what only the hub said may be tried again.
 */
export function findProblems(
  form: SessionForm,
  choice: Choice,
  request: SessionRequest,
  said: readonly FieldError[],
): { problems: Problems; blocked: boolean } {
  const broken = brokenRules(form, choice, request);
  const problems = Object.fromEntries(
    [...FIELDS, 'other' as const].map((field) => [field, [] as string[]]),
  ) as Record<FieldName | 'other', string[]>;
  for (const { field, message } of [...broken, ...said]) {
    const messages = problems[fieldOf(field)];
    // The hub runs the same rules: say it once.
    if (!messages.includes(message)) {
      messages.push(message);
    }
  }
  return { problems, blocked: broken.length > 0 };
}

/** What cannot be asked for at all, by what was typed and by the rules. */
export function brokenRules(
  form: SessionForm,
  choice: Choice,
  request: SessionRequest,
): FieldError[] {
  const mistakes = findMistakes(choice, request);
  const outcome = checkRequest(request, contextOf(form, choice));
  const mistaken = mistakes.map(({ field }) => field);
  return [
    ...mistakes,
    // What is not even a number is not judged by its size.
    ...(outcome.ok
      ? []
      : outcome.errors.filter(({ field }) => !mistaken.includes(field))),
  ];
}

/** The fields at which something is wrong, in their order. */
export function wrongFields(problems: Problems): FieldName[] {
  return FIELDS.filter((field) => problems[field].length > 0);
}

/** The tab on which all that is wrong can be seen. */
export function tabFor(problems: Problems, tab: Tab): Tab {
  return wrongFields(problems).every(isSimple) ? tab : 'advanced';
}
