/**
 * Name of the session that the page's address asks for: `<base>spawn/<user>/<session>`.
 * After a refusal the hub renders the default session's form whatever was asked for, so
 * that only the address is right.
 *
 * @returns `null` if the address is not of that kind.
 */
export function serverFromPath(
  pathname: string,
  baseUrl: string,
): string | null {
  if (!pathname.startsWith(baseUrl)) {
    return null;
  }
  const [page, , server = ''] = pathname.slice(baseUrl.length).split('/');
  if (page !== 'spawn') {
    return null;
  }
  try {
    return decodeURIComponent(server);
  } catch {
    return null;
  }
}
