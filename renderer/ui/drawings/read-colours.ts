/** Resolves custom properties at `host` to colours that a canvas understands. */
export function readColours<Name extends string>(
  host: HTMLElement,
  names: Record<Name, string>,
): Record<Name, string> {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (property: string): string => {
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  };
  const entries = Object.entries<string>(names).map(([name, property]) => [name, read(property)]);
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
