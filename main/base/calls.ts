/**
 * Handlers for the calls of the contract, in tables. Each module that does something for a window exports a function
 * that makes its table (`satisfies CallTable`, so a name or an input that the contract does not have does not compile);
 * `main/app.ts` spreads them into one `Handlers`, where a missing call does not compile either.
 */
import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';

/** The window that calls. */
export interface Caller {
  readonly webContentsId: number;
}

/** Carries out one call. Rejects or throws with `PerchError`; any other error is a defect and is logged. */
type Handler<N extends CallName> = (
  input: HandlerInput<N>,
  caller: Caller,
) => HandlerOutput<N> | Promise<HandlerOutput<N>>;

/** One handler for each call of the contract. */
export type Handlers = { readonly [N in CallName]: Handler<N> };

/** The handlers of one module. */
export type CallTable = { readonly [N in CallName]?: Handler<N> };
