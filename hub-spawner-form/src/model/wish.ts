import { SessionRequest } from '@beamtime/contract';
import * as z from 'zod/mini';

const { shape } = SessionRequest;
const keep = <T extends z.ZodMiniType>(schema: T) =>
  z.catch(z.optional(schema), undefined);
/** A text that is shown as it came, with what is wrong with it. */
const Text = z.string().check(z.maxLength(1000));

/** What somebody would like, from a link or from a request that was refused. */
const Wish = z.object({
  experiments: keep(shape.experiments),
  environment_id: keep(shape.environment_id),
  environment_name: keep(Text),
  environment_path: keep(Text),
  environment_modules: keep(z.array(Text)),
  partition: keep(shape.partition),
  account: keep(Text),
  qos: keep(Text),
  reservation: keep(Text),
  constraint: keep(Text),
  nprocs: keep(shape.nprocs),
  memory: keep(shape.memory),
  ngpus: keep(shape.ngpus),
  gpu_type: keep(shape.gpu_type),
  runtime: keep(shape.runtime),
  exclusive: keep(shape.exclusive),
  default_url: keep(shape.default_url),
  interface: keep(shape.interface),
  root_dir: keep(Text),
  output: keep(shape.output),
  options: keep(Text),
}) satisfies z.ZodMiniType<{
  [key in keyof SessionRequest]?: SessionRequest[key] | undefined;
}>;
export type Wish = Partial<z.infer<typeof Wish>>;

const NUMBERS = ['nprocs', 'ngpus'];
const SWITCHES = ['exclusive', 'output'];
const LISTS = ['experiments', 'environment_modules'];

/** Keeps each part that makes sense; the rest is left to the defaults. */
export function readWish(options: unknown): Wish {
  const wish = Wish.safeParse(options);
  return wish.success ? wish.data : {};
}

/**
 * The wish in a page's address. As the hub does it: names begin with `opt-`; only where
 * none does, the names are taken as they are.
 *
 * @param search - the address's query, with or without its question mark.
 */
export function wishFromQuery(search: string): Wish {
  const all = [...new URLSearchParams(search)];
  const marked = all
    .filter(([key]) => key.startsWith('opt-'))
    .map(([key, value]): [string, string] => [key.slice(4), value]);
  const fields: Record<string, unknown> = {};
  for (const [name, value] of marked.length > 0 ? marked : all) {
    const key = name === 'mem' ? 'memory' : name;
    if (NUMBERS.includes(key)) {
      fields[key] = Number(value || NaN);
    } else if (SWITCHES.includes(key)) {
      fields[key] = /^(true|1|yes|on)$/i.test(value);
    } else if (LISTS.includes(key)) {
      const before = fields[key];
      fields[key] = [
        ...(Array.isArray(before) ? (before as unknown[]) : []),
        ...value.split(',').filter(Boolean),
      ];
    } else if (value !== '') {
      fields[key] = value;
    }
  }
  return readWish(fields);
}

/** The query of a link that fills the form with this request. */
export function queryOf(request: SessionRequest): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      query.append(key, String(part));
    }
  }
  return query.toString();
}
