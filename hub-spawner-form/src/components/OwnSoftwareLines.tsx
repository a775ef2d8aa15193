/** @jsxImportSource preact */
import type { EnvironmentCheck } from '@beamtime/contract';
import { Icon } from './Icon.js';
import { TextInput } from './inputs.js';
import { Line } from './Line.js';
import { type PartProps, useTools } from './tools.js';
import { useValue } from './use-value.js';

/** Software of the person's own: where it is, what it needs, and what of that is there. */
export function OwnSoftwareLines({ state }: PartProps) {
  const { store } = useTools();
  const { choice } = state;
  return (
    <>
      <Line
        name="own"
        state={state}
        note="a .sif image runs in Apptainer or Singularity"
        hint={<Needs state={state} />}
      >
        {(control) => (
          <TextInput
            {...control}
            class="bt-wide"
            placeholder="~/envs/mine/bin"
            value={choice.ownPath}
            onInput={(ownPath) => store.change('own', { ownPath })}
          />
        )}
      </Line>
      <Line
        name="modules"
        state={state}
        hint="loaded before the start, with spaces between"
      >
        {(control) => (
          <TextInput
            {...control}
            class="bt-wide"
            placeholder="gcc/13 cuda/12.6"
            value={choice.ownModules}
            onInput={(ownModules) => store.change('modules', { ownModules })}
          />
        )}
      </Line>
      <div class="bt-entry">
        <div class="bt-entry-label">
          <label for="bt-own-name">Your name for it</label>
        </div>
        <div class="bt-entry-control">
          <TextInput
            id="bt-own-name"
            class="bt-wide"
            value={choice.ownName}
            onInput={(ownName) => store.change('own', { ownName })}
          />
        </div>
      </div>
    </>
  );
}

/** What a session needs of an environment, and what was found. */
function Needs({ state: { form } }: PartProps) {
  const { software } = useTools();
  const state = useValue(software);
  const slurm = form.cluster.kind === 'slurm';
  switch (state.kind) {
    case 'none':
      return (
        <>
          It needs <code>jupyterhub</code>
          {slurm && (
            <>
              , <code>batchspawner</code>
            </>
          )}{' '}
          and <code>jupyterlab</code>; <code>beamtime-lab</code> brings
          experiments, viewer and desktops.
        </>
      );
    case 'asking':
      return <>Looking at it…</>;
    case 'failed':
      return <>It could not be looked at. {state.message}</>;
    case 'found':
      return <Found check={state.check} />;
  }
}

function Found({ check }: { check: EnvironmentCheck }) {
  return (
    <span role="status">
      {check.checks.map(({ name, found, needed, message }) => (
        <span class="bt-line" key={name}>
          <Icon
            name={
              found ? 'tick' : found === false && needed ? 'error' : 'warning'
            }
          />{' '}
          <code>{name}</code>{' '}
          {found ? 'found' : found === null ? 'not known' : 'not found'}
          {message && !found && `. ${message}`}
        </span>
      ))}
    </span>
  );
}
