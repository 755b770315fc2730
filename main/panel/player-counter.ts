/**
 * Calls of Pelican's plugin "Player Counter", which asks the game from the panel's computer (PROTOCOL 8.5).
 *
 * Both calls together may come twice a minute for a server, over all users. Each makes the panel ask the game, which can
 * take ten seconds.
 */
import { sentence } from '../../messages/messages.js';
import { read, RefusedCall, serverPath, type PanelCall } from './call.js';
import type { Transport } from './transport.js';
import { playerCountAnswer, playerNamesAnswer } from './wire/player-counter.js';

/** Far more than a thousand names. */
const maxBytes = 256 * 1024;

/**
 * Why the plugin tells nothing: `absent` = this panel does not have the plugin; `offline` = the panel thinks that the
 * server does not run; `no-query` = the host chose no protocol for the egg; `no-address` = the first allocation is no
 * address that the panel can ask; `silent` = the game did not answer the panel; `no-names` = the game names nobody, or
 * nobody is on.
 */
export type CounterRefusal = 'absent' | 'offline' | 'no-query' | 'no-address' | 'silent' | 'no-names';

/** Figures as the panel sent them. `slots` is above zero: older versions of the plugin say 0 for a missing answer. */
export type PlayerCount =
  | { readonly kind: 'counted'; readonly players: number; readonly slots: number; readonly map: string }
  | { readonly kind: 'refused'; readonly why: CounterRefusal };

export type PlayerNames =
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly why: CounterRefusal };

function limitsOf(identifier: string) {
  return {
    subject: 'server',
    isBare: true,
    hasOwnLimit: true,
    budget: `players ${identifier}`,
    throttled: 'players-throttled',
    maxBytes,
  } as const satisfies Partial<PanelCall>;
}

export async function readPlayerCount(
  transport: Pick<Transport, 'ask'>,
  identifier: string,
): Promise<PlayerCount> {
  const what = sentence('panel.what.players');
  const path = serverPath(identifier, '/query');
  return orRefusal(async () => {
    const count = await transport.ask(read(path, what, playerCountAnswer, limitsOf(identifier)));
    return count.slots > 0 ? { kind: 'counted', ...count } : { kind: 'refused', why: 'silent' };
  });
}

export async function readPlayerNames(
  transport: Pick<Transport, 'ask'>,
  identifier: string,
): Promise<PlayerNames> {
  const what = sentence('panel.what.players');
  const path = serverPath(identifier, '/query/players');
  return orRefusal(async () => ({
    kind: 'named',
    names: await transport.ask(read(path, what, playerNamesAnswer, limitsOf(identifier))),
  }));
}

async function orRefusal<T>(ask: () => Promise<T>): Promise<T | { kind: 'refused'; why: CounterRefusal }> {
  try {
    return await ask();
  } catch (error) {
    const why = error instanceof RefusedCall ? refusalIn(error) : null;
    if (why === null) throw error;
    return { kind: 'refused', why };
  }
}

/** The plugin's texts (PROTOCOL 8.5.3). */
const texts: readonly [RegExp, CounterRefusal][] = [
  [/invalid allocation/i, 'no-address'],
  [/is offline/i, 'offline'],
  [/no query/i, 'no-query'],
  [/no player list/i, 'no-names'],
];

/** null for a refusal that the plugin did not write. A 404 about the server differs only in its text. */
function refusalIn({ status, said }: RefusedCall): CounterRefusal | null {
  if (said === null) return null;
  if (status === 404) return /\broute\b/i.test(said.detail) ? 'absent' : null;
  if (status === 406) return texts.find(([text]) => text.test(said.detail))?.[1] ?? null;
  // The plugin reads fields of a missing answer.
  return status === 500 && said.code === 'TypeError' ? 'silent' : null;
}
