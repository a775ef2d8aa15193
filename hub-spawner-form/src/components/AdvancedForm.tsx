/** @jsxImportSource preact */
import { AmountLines } from './AmountLines.js';
import { SoftwareLines } from './SoftwareLines.js';
import type { PartProps } from './tools.js';
import { WhereLines } from './WhereLines.js';

/** Every knob that the cluster and the site give. */
export function AdvancedForm({ state }: PartProps) {
  return (
    <>
      <section class="bt-group" aria-labelledby="bt-group-where">
        <h2 id="bt-group-where">Where</h2>
        <WhereLines state={state} />
      </section>
      <section class="bt-group" aria-labelledby="bt-group-amount">
        <h2 id="bt-group-amount">How much, how long</h2>
        <AmountLines state={state} />
      </section>
      <section class="bt-group" aria-labelledby="bt-group-software">
        <h2 id="bt-group-software">Software and files</h2>
        <SoftwareLines state={state} />
      </section>
    </>
  );
}
