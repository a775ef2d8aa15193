/** @jsxImportSource preact */
import { formatDuration, limitsOf } from '@beamtime/contract';
import {
  accountsOf,
  qosOf,
  reservationsOf,
  type Offer,
} from '../model/accounts.js';
import { findPartition, type Choice } from '../model/choice.js';
import { closedFor } from '../model/context.js';
import { placeOf } from '../model/place.js';
import { ExperimentPicker } from './ExperimentPicker.js';
import { Select, TextInput } from './inputs.js';
import { Line } from './Line.js';
import { type PartProps, useTools } from './tools.js';

/** Experiment, partition and what Slurm asks besides. */
export function WhereLines({ state }: PartProps) {
  const { form, choice } = state;
  const slurm = form.cluster.kind === 'slurm';
  return (
    <>
      <Line name="experiments" state={state} group>
        {() => (
          <div class="bt-wide">
            <ExperimentPicker state={state} labelledBy="bt-experiments-title" />
          </div>
        )}
      </Line>
      <PartitionLine state={state} />
      {slurm && (
        <>
          <NameLine
            field="account"
            offers={accountsOf(form, choice)}
            state={state}
          />
          <NameLine field="qos" offers={qosOf(form, choice)} state={state} />
          <NameLine
            field="reservation"
            offers={reservationsOf(form, Date.now())}
            state={state}
          />
          <ConstraintLine state={state} />
        </>
      )}
    </>
  );
}

function PartitionLine({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const { cluster } = form;
  const options = cluster.partitions.map((partition) => {
    const { name } = partition;
    const closed = closedFor(form, choice, partition);
    const { minutes } = limitsOf(partition);
    const about =
      closed === null
        ? [
            placeOf(partition).kind,
            ...(minutes === null ? [] : [`at most ${formatDuration(minutes)}`]),
          ].join(', ')
        : 'not for you now';
    return {
      value: name,
      title: `${name} – ${about}`,
    };
  });
  return (
    <Line name="where" state={state}>
      {(control) => (
        <Select
          {...control}
          value={choice.partition}
          options={options}
          onChange={(name) => store.choosePartition(name)}
        />
      )}
    </Line>
  );
}

interface NameProps extends PartProps {
  field: 'account' | 'qos' | 'reservation';
  /** `null` where it is not known what there is: then it is written. */
  offers: readonly Offer[] | null;
}

function NameLine({ field, offers, state }: NameProps) {
  const { store } = useTools();
  const value = state.choice[field];
  const change = (name: string) => {
    const patch: Partial<Choice> = {};
    patch[field] = name;
    store.change(field, patch);
  };
  return (
    <Line
      name={field}
      state={state}
      hint={offers ? undefined : 'empty for the usual one'}
    >
      {(control) =>
        offers ? (
          <Select
            {...control}
            value={value}
            options={offers.map(({ name, title }) => ({ value: name, title }))}
            onChange={change}
          />
        ) : (
          <TextInput {...control} value={value} onInput={change} />
        )
      }
    </Line>
  );
}

function ConstraintLine({ state }: PartProps) {
  const { store } = useTools();
  const partition = findPartition(state.form, state.choice.partition);
  const features = [
    ...new Set(partition?.nodes.flatMap((node) => node.features)),
  ].sort();
  return (
    <Line
      name="constraint"
      state={state}
      hint={
        features.length === 0
          ? 'The machines here have no marks to choose by.'
          : `${features.join(', ')}; & for both, | for either`
      }
    >
      {(control) => (
        <>
          <TextInput
            {...control}
            class="bt-wide"
            list="bt-features"
            placeholder="Any"
            value={state.choice.constraint}
            onInput={(constraint) => store.change('constraint', { constraint })}
          />
          <datalist id="bt-features">
            {features.map((feature) => (
              <option key={feature} value={feature} />
            ))}
          </datalist>
        </>
      )}
    </Line>
  );
}
