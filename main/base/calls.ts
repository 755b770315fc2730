/**
 * Tables of handlers for the calls of the contract.
 * Each module exports a function that makes its table (`satisfies CallTable`, so an unknown name or a wrong input does
 * not compile). `main/app.ts` spreads the tables into one `Handlers`, where a missing call does not compile.
 */
import type { CallName, HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';

/** The window that makes the call. */
export interface Caller {
  readonly webContentsId: number;
}

/** Handler of one call. Rejects or throws with `PerchError`; any other error is a defect and is logged. */
type Handler<N extends CallName> = (
  input: HandlerInput<N>,
  caller: Caller,
) => HandlerOutput<N> | Promise<HandlerOutput<N>>;

/** A handler for every call of the contract. */
export type Handlers = { readonly [N in CallName]: Handler<N> };

/** Handlers of one module. */
export type CallTable = { readonly [N in CallName]?: Handler<N> };
