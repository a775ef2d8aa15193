/** @jsxImportSource preact */
import { closedBecause, type Partition } from '@beamtime/contract';
import { useEffect, useState } from 'preact/hooks';
import type { ReadyState } from '../model/form-store.js';
import { placeOf } from '../model/place.js';
import { ageWords } from '../model/words.js';
import { Icon } from './Icon.js';

/** What is free in each partition, and how old these figures are. */
export function FreeNow({ state }: { state: ReadyState }) {
  const { cluster, unixGroups } = state.form;
  const trouble = state.stale ?? cluster.problem;
  return (
    <section class="bt-free" aria-labelledby="bt-free-title">
      <h2>
        <span id="bt-free-title">Free now</span>{' '}
        <Age asOf={cluster.asOf} clockOffset={state.clockOffset} />
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Partition</th>
            <th scope="col" class="bt-number">
              Cores
            </th>
            <th scope="col" class="bt-number">
              GPUs
            </th>
          </tr>
        </thead>
        <tbody>
          {cluster.partitions.map((partition) => (
            <Row
              key={partition.name}
              partition={partition}
              closed={closedBecause(partition, unixGroups) !== null}
            />
          ))}
        </tbody>
      </table>
      <p class="bt-small bt-muted" role="status">
        {trouble === undefined
          ? 'Renewed by itself while this page is in view.'
          : `These figures are not renewed. ${trouble}`}
      </p>
    </section>
  );
}

function Row({ partition, closed }: { partition: Partition; closed: boolean }) {
  const { cores, machines, gpus, gpuTypes } = placeOf(partition);
  const types = gpuTypes
    .filter(({ type }) => type !== '')
    .map(({ type, idle }) => `${type} ${idle}`);
  return (
    <tr>
      <th scope="row">
        <code>{partition.name}</code>
        <span class="bt-line bt-muted">
          {partition.state === 'up'
            ? [
                `${machines.idle} of ${machines.total} machines idle`,
                ...types,
              ].join(', ')
            : partition.state}
        </span>
      </th>
      {closed ? (
        <td class="bt-number" colSpan={2}>
          <Icon name="shut" /> not for you now
        </td>
      ) : (
        <>
          <td class="bt-number">
            <b>{cores.idle}</b> / {cores.total}
          </td>
          <td class="bt-number">
            {gpus.total === 0 ? (
              <span class="bt-muted">–</span>
            ) : (
              <>
                <b>{gpus.idle}</b> / {gpus.total}
              </>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

/** Grows older by itself; too often to be announced. */
function Age({ asOf, clockOffset }: { asOf: string; clockOffset: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [asOf]);
  const age = now + clockOffset - Date.parse(asOf);
  return (
    <time class="bt-muted bt-small" dateTime={asOf}>
      {Number.isNaN(age) ? 'age not known' : ageWords(age)}
    </time>
  );
}
