const KEPT = 'yukselt.acceptance';

/** Keeps the link’s secret for this tab, while it is at the sign-in page of the organization. */
export function keepLink(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

/** The secret of the link: behind the #, or kept when this tab went to sign in; then it stands behind the # again. */
export function readLink(): string {
  const given = window.location.hash.slice(1);
  const kept = sessionStorage.getItem(KEPT) ?? '';
  sessionStorage.removeItem(KEPT);
  if (given !== '' || kept === '') return given;
  window.history.replaceState(window.history.state, '', `${window.location.pathname}${window.location.search}#${kept}`);
  return kept;
}
