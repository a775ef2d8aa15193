/** @jsxImportSource preact */
import { OWN } from '../model/choice.js';
import { list } from '../model/words.js';
import { Check, Select, TextInput } from './inputs.js';
import { Line } from './Line.js';
import { OpeningPicker } from './OpeningPicker.js';
import { OwnSoftwareLines } from './OwnSoftwareLines.js';
import { Segments } from './Segments.js';
import { type PartProps, useTools } from './tools.js';

/** The environment, what it opens, and what becomes of files and log. */
export function SoftwareLines({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const { allow, environments } = form.policy;
  const slurm = form.cluster.kind === 'slurm';
  const options = [
    ...environments.map(({ id, name, partitions }) => ({
      value: id,
      title:
        partitions && !partitions.includes(choice.partition)
          ? `${name} – only on ${list(partitions)}`
          : name,
    })),
    ...(allow.customEnvironments || choice.environment === OWN
      ? [{ value: OWN, title: 'My own environment…' }]
      : []),
  ];
  return (
    <>
      <Line name="software" state={state}>
        {(control) => (
          <Select
            {...control}
            value={choice.environment}
            options={options}
            onChange={(environment) =>
              store.change('software', { environment })
            }
          />
        )}
      </Line>
      {choice.environment === OWN && <OwnSoftwareLines state={state} />}
      <Line name="interface" state={state} group>
        {(control) => (
          <div
            {...control}
            class="bt-wide"
            role="radiogroup"
            aria-labelledby="bt-interface-title"
          >
            <Segments
              name="bt-interface"
              plain
              segments={[
                { key: 'lab', value: false, title: 'JupyterLab' },
                { key: 'notebook', value: true, title: 'Classic Notebook' },
              ]}
              chosen={choice.classic ? 'notebook' : 'lab'}
              onChoose={(classic) => store.change('interface', { classic })}
            />
          </div>
        )}
      </Line>
      <Line name="opening" state={state} group>
        {() => (
          <div class="bt-wide">
            <OpeningPicker state={state} labelledBy="bt-opening-title" />
          </div>
        )}
      </Line>
      <Line
        name="root"
        state={state}
        hint="The session shows nothing above it. Empty: your home."
      >
        {(control) => (
          <TextInput
            {...control}
            class="bt-wide"
            placeholder="~"
            value={choice.rootDir}
            onInput={(rootDir) => store.change('root', { rootDir })}
          />
        )}
      </Line>
      {slurm && (
        <Line name="log" state={state} group>
          {(control) => (
            <Check
              {...control}
              label="Keep it as slurm-number.out in my home"
              checked={choice.keepLog}
              onChange={(keepLog) => store.change('log', { keepLog })}
            />
          )}
        </Line>
      )}
      {slurm && (allow.extraOptions || choice.options !== '') && (
        <Line
          name="options"
          state={state}
          hint="with spaces between, for instance --mail-type=BEGIN"
        >
          {(control) => (
            <TextInput
              {...control}
              class="bt-wide bt-mono"
              value={choice.options}
              onInput={(typed) => store.change('options', { options: typed })}
            />
          )}
        </Line>
      )}
    </>
  );
}
