/**
 * Resolves custom properties at `host` to colours that a canvas understands.
 *
 * Each colour has an element of its own, so that the browser computes the styles of all of them at once.
 */
export function readColours<Name extends string>(
  host: HTMLElement,
  names: Record<Name, string>,
): Record<Name, string> {
  const probe = document.createElement('span');
  probe.hidden = true;
  const spots = Object.entries<string>(names).map(([name, property]) => {
    const spot = document.createElement('span');
    spot.style.color = `var(${property})`;
    probe.append(spot);
    return [name, spot] as const;
  });
  host.append(probe);
  const entries = spots.map(([name, spot]) => [name, getComputedStyle(spot).color]);
  probe.remove();
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Listens for changes between light, dark and high contrast; returns the function that ends listening. */
export function onSchemeChange(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((one) =>
    window.matchMedia(one),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
