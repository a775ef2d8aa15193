/** @jsxImportSource preact */
import { AdvancedForm } from './AdvancedForm.js';
import { FillFrom } from './FillFrom.js';
import { FreeNow } from './FreeNow.js';
import { MachinesNow } from './MachinesNow.js';
import { RefusalNotice } from './RefusalNotice.js';
import { ScriptView } from './ScriptView.js';
import { SessionNameCard } from './SessionNameCard.js';
import { SimpleForm } from './SimpleForm.js';
import { SummaryBar } from './SummaryBar.js';
import { PANEL, tabId, Tabs } from './Tabs.js';
import type { PartProps } from './tools.js';
import { UseAgain } from './UseAgain.js';

interface Props extends PartProps {
  starting: boolean;
}

/** Left what is chosen, right what follows from it, at the bottom what will be asked. */
export function FormPage({ state, starting }: Props) {
  const { tab } = state;
  return (
    <>
      <RefusalNotice state={state} />
      <div class="bt-head">
        <Tabs state={state} />
        <FillFrom state={state} />
      </div>
      <div class={`bt-grid bt-${tab}`}>
        <div id={PANEL} role="tabpanel" aria-labelledby={tabId(tab)}>
          {tab === 'simple' ? (
            <SimpleForm state={state} />
          ) : (
            <AdvancedForm state={state} />
          )}
        </div>
        <div class="bt-aside">
          {tab === 'simple' ? (
            <FreeNow state={state} />
          ) : (
            <>
              <ScriptView state={state} />
              <MachinesNow state={state} />
            </>
          )}
          <SessionNameCard state={state} />
          <UseAgain state={state} />
        </div>
      </div>
      <SummaryBar state={state} starting={starting} />
      <input type="hidden" name="beamtime_options" value={state.sent} />
    </>
  );
}
