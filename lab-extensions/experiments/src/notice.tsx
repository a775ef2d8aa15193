import type { ReactNode } from 'react';

/** A line above what is there: what is so, and what one can do. */
export function Notice({
  kind,
  children,
  action,
}: {
  kind: 'info' | 'warning' | 'error';
  children: ReactNode;
  action?: { label: string; run: () => void };
}) {
  return (
    <div
      className={`bt-Notice bt-mod-${kind}`}
      role={kind === 'error' ? 'alert' : 'status'}
    >
      {children}{' '}
      {action && (
        <button className="bt-TextButton" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

/** Stands for cards or lines that are on their way; CSS shows it after 300 ms. */
export function Skeleton({
  lines,
  waitingFor,
}: {
  lines: number;
  /** A sentence, shown after 3 s. */
  waitingFor: string;
}) {
  return (
    <div className="bt-Skeleton" aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bt-Skeleton-line" />
      ))}
      <p className="bt-Skeleton-words" role="status">
        {waitingFor}
      </p>
    </div>
  );
}
