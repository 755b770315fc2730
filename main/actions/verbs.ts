import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';

/** The window that asks. */
export interface Caller {
  readonly webContentsId: number;
}

/** Carries out one call of the contract. */
export type Verb<N extends CallName> = (input: HandlerInput<N>, caller: Caller) => Promise<HandlerOutput<N>>;

/** Verbs by the contract's names. Each table `satisfies` it, so a name that is not in the contract does not compile. */
export type Verbs = { readonly [N in CallName]?: Verb<N> };
