/** @jsxImportSource preact */
import { formatMemory, type ClusterNode } from '@beamtime/contract';
import { findPartition } from '../model/choice.js';
import { Age, Renewal } from './Age.js';
import { Icon } from './Icon.js';
import type { PartProps } from './tools.js';

/** The machines of the chosen partition, one by one, with what is free on each. */
export function MachinesNow({ state }: PartProps) {
  const partition = findPartition(state.form, state.choice.partition);
  if (!partition) {
    return null;
  }
  return (
    <section class="bt-free" aria-labelledby="bt-machines-title">
      <h2>
        <span id="bt-machines-title">Free now in {partition.name}</span>{' '}
        <Age state={state} />
      </h2>
      <div class="bt-scroll" tabIndex={0} role="group" aria-label="Machines">
        <table>
          <thead>
            <tr>
              <th scope="col">Machine</th>
              <th scope="col" class="bt-number">
                Cores
              </th>
              <th scope="col" class="bt-number">
                Memory
              </th>
              <th scope="col" class="bt-number">
                GPUs
              </th>
            </tr>
          </thead>
          <tbody>
            {partition.nodes.map((node) => (
              <Row key={node.name} node={node} />
            ))}
          </tbody>
        </table>
      </div>
      <Renewal state={state} />
    </section>
  );
}

function Row({ node }: { node: ClusterNode }) {
  const { name, state, usable, cpus, idleCpus, memoryMiB, gpus } = node;
  const types = gpus.filter(({ type }) => type !== '').map(({ type }) => type);
  const sum = (of: (gpu: (typeof gpus)[number]) => number) =>
    gpus.reduce((before, gpu) => before + of(gpu), 0);
  const total = sum((gpu) => gpu.total);
  return (
    <tr>
      <th scope="row">
        <code>{name}</code>
        <span class="bt-line bt-muted">{[...types, state].join(', ')}</span>
      </th>
      {usable ? (
        <>
          <td class="bt-number">
            <b>{idleCpus}</b> / {cpus}
          </td>
          <td class="bt-number">
            {node.idleMemoryMiB !== null && (
              <>
                <b>{formatMemory(node.idleMemoryMiB)}</b> /{' '}
              </>
            )}
            {formatMemory(memoryMiB)}
          </td>
          <td class="bt-number">
            {total === 0 ? (
              <span class="bt-muted">–</span>
            ) : (
              <>
                <b>{sum((gpu) => gpu.idle)}</b> / {total}
              </>
            )}
          </td>
        </>
      ) : (
        <td class="bt-number" colSpan={3}>
          <Icon name="shut" /> not in service
        </td>
      )}
    </tr>
  );
}
