/**
 * Whether a saved text was made from the newer of two contents: the text has each line that came with the newer one, and
 * none that went with it. A text made from the older content misses some of these changes, unless a person typed them.
 * So `true` means that no change is lost; `false` may also come of changes that a person made to the same lines.
 */
export function keepsChanges(saved: Uint8Array, older: Uint8Array, newer: Uint8Array): boolean {
  const [mine, before, after] = [countsOf(saved), countsOf(older), countsOf(newer)];
  let isTold = false;
  for (const line of new Set([...before.keys(), ...after.keys()])) {
    const [was, is, has] = [before, after, mine].map((counts) => counts.get(line) ?? 0) as [
      number,
      number,
      number,
    ];
    if (is === was) continue;
    isTold = true;
    if (is > was ? has < is : has > is) return false;
  }
  return isTold || Buffer.compare(older, newer) === 0;
}

/** How often each line occurs. Bytes without a meaning as text count as well. */
function countsOf(bytes: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of Buffer.from(bytes).toString('latin1').split(/\r?\n/)) {
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
