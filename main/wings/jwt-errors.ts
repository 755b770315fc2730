/** Meaning of a `jwt error` (PROTOCOL 4.8). Matched by substring, because nodes may prefix the text (trap 26). */
export type JwtError = 'expired' | 'denied' | 'absent' | 'no-permission' | 'wrong-server' | 'unknown';

const meanings: readonly (readonly [string, JwtError])[] = [
  ['exp claim is invalid', 'expired'],
  ['created too far in past', 'denied'],
  ['no jwt present', 'absent'],
  ['missing connect permission', 'no-permission'],
  ['server uuid mismatch', 'wrong-server'],
];

function classifyJwtError(text: string): JwtError {
  const lower = text.toLowerCase();
  return meanings.find(([part]) => lower.includes(part))?.[1] ?? 'unknown';
}

/**
 * True for the answer to an `auth`. False for the text without prefix, which comes once per event without a valid
 * token.
 */
function answersAuth(text: string): boolean {
  return text.startsWith('Error Event [');
}

/**
 * True if the node ignored the user's message because the token is invalid (PROTOCOL 4.4, 4.8).
 * The node checks the token before a message. The same text also comes once per event that the node holds back. An
 * unknown text proves nothing.
 */
export function refusesMessages(text: string): boolean {
  return !answersAuth(text) && classifyJwtError(text) !== 'unknown';
}

/**
 * What a `jwt error` says about the tokens of a connection.
 * `rejected` = the answer to the sent token; the token before stays in force (PROTOCOL 4.8). `ended` = the token in force is
 * invalid. null = nothing. `isFirst` = no token was accepted on this connection yet; `isSent` = a token awaits its answer.
 */
export function readJwtError(
  text: string,
  { isFirst, isSent }: { isFirst: boolean; isSent: boolean },
): { kind: JwtError; means: 'no-permission' | 'wrong-server' | 'rejected' | 'ended' | null } {
  const kind = classifyJwtError(text);
  if (kind === 'no-permission' || kind === 'wrong-server') return { kind, means: kind };
  // A token was sent already; its own answer follows.
  if (kind === 'absent' && isSent) return { kind, means: null };
  if (isSent && (isFirst || answersAuth(text))) return { kind, means: 'rejected' };
  return { kind, means: answersAuth(text) ? null : 'ended' };
}
