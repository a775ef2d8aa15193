import type { TranslationBundle } from '@jupyterlab/translation';
import type { Paged } from './paged.js';

/** How many of a list are shown, and a button for the following part. */
export function More<T>({
  list,
  trans,
}: {
  list: Paged<T>;
  trans: TranslationBundle;
}) {
  const { page } = list;
  if (!page) {
    return null;
  }
  const { items, total, next } = page;
  return (
    <div className="bt-More">
      <span className="bt-Secondary" role="status">
        {list.waiting
          ? trans.__('Asking…')
          : total === undefined
            ? trans.__('%1 shown', items.length)
            : trans.__('%1 of %2 shown', items.length, total)}
      </span>
      {next !== undefined && (
        <button
          className="bt-Button"
          disabled={list.waiting}
          onClick={() => void list.more()}
        >
          {trans.__('Show more')}
        </button>
      )}
    </div>
  );
}
