/** @jsxImportSource preact */
import type { ExperimentSearch } from '../model/experiment-search.js';
import type { FormStore, ReadyState } from '../model/form-store.js';
import { experimentName } from '../model/words.js';
import { AmountField } from './AmountField.js';
import { ExperimentField } from './ExperimentField.js';
import { FreeNow } from './FreeNow.js';
import { GpuField } from './GpuField.js';
import { RefusalNotice } from './RefusalNotice.js';
import { SoftwareField } from './SoftwareField.js';
import { SummaryBar } from './SummaryBar.js';
import { TimeField } from './TimeField.js';
import { WhereField } from './WhereField.js';

interface Props {
  store: FormStore;
  state: ReadyState;
  search: ExperimentSearch;
  starting: boolean;
}

/** Left what is chosen, right what is free, at the bottom what will be asked. */
export function FormPage({ store, state, search, starting }: Props) {
  const each = { store, state };
  return (
    <>
      <RefusalNotice state={state} />
      <div class="bt-grid">
        <div>
          <ExperimentField {...each} search={search} />
          <SoftwareField {...each} />
          <WhereField {...each} />
          <AmountField {...each} />
          <GpuField {...each} />
          <TimeField {...each} />
        </div>
        <FreeNow state={state} />
      </div>
      <SummaryBar
        state={state}
        starting={starting}
        nameOf={(key) => experimentName(key, search.byKey(key))}
      />
      <input
        type="hidden"
        name="beamtime_options"
        value={JSON.stringify(state.request)}
      />
    </>
  );
}
