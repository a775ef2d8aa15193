/** A session that is asked for, at either hub. */
export interface Wish {
  partition: string;
  nprocs: number;
  runtime: string;
  memory: string;
  reservation?: string;
  constraint?: string;
  /** One further option of sbatch. */
  options?: string;
}

/** What our form posts. */
export function oursFields(wish: Wish): Record<string, string> {
  return { beamtime_options: JSON.stringify(wish) };
}

/** What the peer's form posts; it knows features of machines only as a free option. */
export function peerFields({
  nprocs,
  constraint,
  ...wish
}: Wish): Record<string, string> {
  return {
    ...wish,
    nprocs: String(nprocs),
    ngpus: '0',
    default_url: '/lab',
    environment_id: 'analysis',
    ...(constraint !== undefined && { options: `--constraint=${constraint}` }),
  };
}
