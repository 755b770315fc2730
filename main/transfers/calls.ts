import type { CallTable } from '../base/calls.js';
import type { Transfers } from './transfers.js';

/** Calls about transfers; those that need the desktop are in main/shell. */
export function transferCalls(transfers: Transfers) {
  return {
    'transfers.pause': ({ transfer }) => transfers.pause(transfer),
    'transfers.resume': ({ transfer }) => transfers.resume(transfer),
    'transfers.cancel': ({ transfer }) => transfers.cancel(transfer),
    'transfers.retry': ({ transfer }) => transfers.retry(transfer),
  } satisfies CallTable;
}
