/** @jsxImportSource preact */
import { formatMemory, limitsOf, type Partition } from '@beamtime/contract';
import { closedFor } from '../model/context.js';
import { placeOf } from '../model/place.js';
import { Age, Renewal } from './Age.js';
import { Icon } from './Icon.js';
import type { PartProps } from './tools.js';

/** What is free in each partition, and how old these figures are. */
export function FreeNow({ state }: PartProps) {
  const { cluster } = state.form;
  return (
    <section class="bt-free" aria-labelledby="bt-free-title">
      <h2>
        <span id="bt-free-title">Free now</span> <Age state={state} />
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
              closed={closedFor(state.form, state.choice, partition) !== null}
            />
          ))}
        </tbody>
      </table>
      <Renewal state={state} />
    </section>
  );
}

function Row({ partition, closed }: { partition: Partition; closed: boolean }) {
  const { cores, machines, gpus, gpuTypes } = placeOf(partition);
  const { memoryMiB } = limitsOf(partition);
  const types = gpuTypes
    .filter(({ type }) => type !== '')
    .map(({ type, idle }) => `${type} ${idle}`);
  const about = [
    `${machines.idle} of ${machines.total} machines idle`,
    ...(memoryMiB > 1 ? [formatMemory(memoryMiB)] : []),
    ...types,
  ];
  return (
    <tr>
      <th scope="row">
        <code>{partition.name}</code>
        <span class="bt-line bt-muted">
          {partition.state === 'up' && about.join(', ')}
        </span>
      </th>
      {closed ? (
        <td class="bt-number" colSpan={2}>
          <Icon name="shut" />{' '}
          {partition.state === 'up' ? 'not for you now' : partition.state}
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
