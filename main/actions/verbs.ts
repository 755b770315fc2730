import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/contract.js';

/** Carries out one call of the contract. */
export type Verb<N extends CallName> = (input: HandlerInput<N>) => Promise<HandlerOutput<N>>;

/** Verbs by the contract's names. Each table `satisfies` it, so a name that is not in the contract does not compile. */
export type Verbs = { readonly [N in CallName]?: Verb<N> };
