/** What a `jwt error` means (PROTOCOL 4.8). Texts may be prefixed, so they are matched by what they contain (trap 26). */
export type JwtError = 'expired' | 'denied' | 'absent' | 'no-permission' | 'wrong-server' | 'unknown';

const meanings: readonly (readonly [string, JwtError])[] = [
  ['exp claim is invalid', 'expired'],
  ['created too far in past', 'denied'],
  ['no jwt present', 'absent'],
  ['missing connect permission', 'no-permission'],
  ['server uuid mismatch', 'wrong-server'],
];

export function classifyJwtError(text: string): JwtError {
  const lower = text.toLowerCase();
  return meanings.find(([part]) => lower.includes(part))?.[1] ?? 'unknown';
}

/** True for the answer to an `auth`; false for the bare text that comes once per event without a valid token. */
export function answersAuth(text: string): boolean {
  return text.startsWith('Error Event [');
}

/**
 * True where the node says that it did nothing of a message, because the token is void: it looks at the token first
 * (PROTOCOL 4.4, 4.8). The same text comes once per event that would have been sent. An unknown text proves nothing.
 */
export function refusesMessages(text: string): boolean {
  return !answersAuth(text) && classifyJwtError(text) !== 'unknown';
}
