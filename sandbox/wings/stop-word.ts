/** How a server is stopped, from the stop value of its egg (PROTOCOL 4.6). */
export type StopWay =
  | { kind: 'command'; word: string }
  | { kind: 'signal' }
  | { kind: 'kill' }
  | { kind: 'refused'; name: string };

/** Signals that this version of Wings passes on in a form that Docker does not know. */
const REFUSED: Readonly<Record<string, string>> = {
  '^SIGINT': 'interrupt',
  '^SIGTERM': 'terminat',
  '^SIGABRT': 'abort',
};

export function stopWay(value: string): StopWay {
  if (!value.startsWith('^')) return { kind: 'command', word: value };
  if (value === '^C') return { kind: 'signal' };
  const name = REFUSED[value];
  return name === undefined ? { kind: 'kill' } : { kind: 'refused', name };
}
