/** @jsxImportSource preact */
import type { Free } from '../model/place.js';

/** The free part as a bar; the words beside it say the same. */
export function Meter({ idle, total }: Free) {
  const percent = total === 0 ? 0 : Math.round((100 * idle) / total);
  return (
    <span class="bt-meter" aria-hidden="true">
      <b style={{ width: `${percent}%` }} />
    </span>
  );
}
