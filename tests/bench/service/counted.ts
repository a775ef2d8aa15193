/** What the service says of itself in its metrics. */
export interface Counted {
  /** Resident memory. */
  mebibytes: number;
  /** Processor time since its start. */
  cpuSeconds: number;
}

/** Asks the service's metrics with a token of an admin. */
export async function counted(base: URL, token: string): Promise<Counted> {
  const response = await fetch(new URL('metrics', base), {
    headers: { authorization: `token ${token}` },
  });
  const text = await response.text();
  const value = (name: string): number => {
    const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
    if (found === undefined) {
      throw new Error(`No ${name} in the metrics: ${text.slice(0, 200)}`);
    }
    return Number(found);
  };
  return {
    mebibytes: value('process_resident_memory_bytes') / 2 ** 20,
    cpuSeconds: value('process_cpu_seconds_total'),
  };
}
