import { ApiError } from '@beamtime/api-client';
import { PageConfig } from '@jupyterlab/coreutils';
import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState } from 'react';
import { Notice } from './notice.js';

/** Seconds to wait before the service is asked again, by how often it did not answer. */
export function patience(failures: number, random: number): number {
  const longest = Math.min(60, 5 * 2 ** Math.max(0, failures - 1));
  // Not all pages of a hub at once.
  return Math.round(longest * (0.75 + random / 2));
}

/** What keeps the list, or an experiment, from being had: its words and a way on. */
export function Away({
  error,
  failures,
  trans,
  onAgain,
  children,
}: {
  error: ApiError;
  failures: number;
  trans: TranslationBundle;
  onAgain: () => void;
  /** What is shown meanwhile. */
  children?: React.ReactNode;
}) {
  switch (error.failure) {
    case 'unreachable':
      return (
        <Notice kind="error">
          <strong>{error.message}</strong> {children}{' '}
          {/* Each time that it did not answer it starts anew. */}
          <Countdown key={failures} {...{ failures, trans, onAgain }} />
        </Notice>
      );
    case 'outdated':
      return (
        <Notice kind="error">
          <strong>{error.message}</strong>{' '}
          {trans.__('Your files are not touched.')}{' '}
          <HubLink to="home">{trans.__('Restart your session')}</HubLink>
        </Notice>
      );
    case 'signed-out':
      return (
        <Notice
          kind="info"
          action={{ label: trans.__('Try again'), run: onAgain }}
        >
          <strong>{error.message}</strong>{' '}
          {trans.__('Your session and your files are not touched.')}{' '}
          <SignIn trans={trans} />
        </Notice>
      );
    case 'refused':
    case 'not-understood':
      return (
        <Notice
          kind="error"
          action={{ label: trans.__('Try again'), run: onAgain }}
        >
          {error.message} {children}{' '}
          <button
            className="bt-TextButton"
            onClick={() => Clipboard.copyToSystem(detailsOf(error))}
          >
            {trans.__('Copy details')}
          </button>
        </Notice>
      );
  }
}

/** A page of the hub in a window of its own; nothing where there is no hub. */
export function SignIn({ trans }: { trans: TranslationBundle }) {
  return <HubLink to="login">{trans.__('Sign in again')}</HubLink>;
}

function HubLink({
  to,
  children,
}: {
  to: 'login' | 'home';
  children: React.ReactNode;
}) {
  const prefix = PageConfig.getOption('hubPrefix');
  return prefix === '' ? null : (
    <a
      className="bt-Link"
      href={`${PageConfig.getOption('hubHost')}${prefix}${to}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      {children}
    </a>
  );
}

/** Counts down to the next try, which can be forced. */
function Countdown({
  failures,
  trans,
  onAgain,
}: {
  failures: number;
  trans: TranslationBundle;
  onAgain: () => void;
}) {
  const [left, setLeft] = useState(() => patience(failures, Math.random()));
  useEffect(() => {
    if (left <= 0) {
      onAgain();
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
    // Only time counts: a new function for the same question starts nothing.
  }, [left]);
  return (
    <>
      {/* Not read out every second. */}
      <span aria-live="off">
        {left > 0
          ? trans._n('Trying again in %1 s.', 'Trying again in %1 s.', left)
          : trans.__('Trying again…')}
      </span>{' '}
      <button className="bt-TextButton" onClick={onAgain}>
        {trans.__('Try now')}
      </button>
    </>
  );
}

/** For support: what happened, when and where. */
export function detailsOf(error: Error): string {
  return [
    error.message,
    error instanceof ApiError ? error.failure : error.name,
    error.cause instanceof Error ? error.cause.message : '',
    new Date().toISOString(),
    document.location.origin,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
