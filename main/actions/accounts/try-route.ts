import type { CallOutput, HandlerInput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** Asks the panel again. Returns the route of the connection and the problem. */
export async function tryRoute(
  { book, network, fleet }: Pick<ActionsDeps, 'book' | 'network' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.tryRoute'>,
): Promise<CallOutput<'accounts.tryRoute'>> {
  const { panelUrl } = knownAccount(book, accountId);
  const problem = await fleet.retryAccount(accountId).then(
    (): Problem | null => null,
    (error: unknown) => toProblem(error),
  );
  return { ways: await network.routeTo(panelUrl), problem };
}
