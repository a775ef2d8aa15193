import { SessionRequest } from '@beamtime/contract';
import * as z from 'zod/mini';

const { shape } = SessionRequest;
const keep = <T extends z.ZodMiniType>(schema: T) =>
  z.catch(z.optional(schema), undefined);

/**
 * What somebody would like, from a link or from a request that was refused: each part
 * that makes sense is kept, the rest is left to the defaults.
 */
const Wish = z.object({
  experiments: keep(shape.experiments),
  environment_id: keep(shape.environment_id),
  partition: keep(shape.partition),
  nprocs: keep(shape.nprocs),
  memory: keep(shape.memory),
  ngpus: keep(shape.ngpus),
  gpu_type: keep(shape.gpu_type),
  runtime: keep(shape.runtime),
  default_url: keep(shape.default_url),
});
export type Wish = Partial<z.infer<typeof Wish>>;

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
  const query = marked.length > 0 ? marked : all;
  const values: Record<string, unknown> = Object.fromEntries(
    query.map(([key, value]) => [
      key,
      ['nprocs', 'ngpus'].includes(key) ? Number(value || NaN) : value,
    ]),
  );
  const experiments = query
    .filter(([key]) => key === 'experiments')
    .map(([, value]) => value);
  return readWish({
    ...values,
    ...(experiments.length > 0 ? { experiments } : { experiments: undefined }),
    memory: values.memory ?? values.mem,
  });
}
