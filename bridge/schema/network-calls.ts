/** Calls about the allocations of one server (PROTOCOL 2.21). Each returns all allocations, the default one first. */
import * as z from 'zod';
import { networkAllocationSchema, notesSchema } from './network.js';
import { serverRef } from './server-calls.js';

const allocationRef = serverRef.extend({ allocation: z.number().int().positive() });
const allSchema = z.array(networkAllocationSchema).readonly();

export const networkContract = {
  'network.list': { input: serverRef, output: allSchema },
  /**
   * Sets the notes of an allocation; empty notes remove them. `replaces` = the notes that the person saw. Refused with
   * `conflict` if the panel has other notes by now.
   */
  'network.note': {
    // Notes that the panel has may be longer than those that it takes today.
    input: allocationRef.extend({ notes: notesSchema, replaces: z.string().max(2000) }),
    output: allSchema,
  },
  /** Makes an allocation the default one, with which the server starts next. */
  'network.makeDefault': { input: allocationRef, output: allSchema },
  /** Asks the panel for an additional allocation; the panel chooses the port. */
  'network.add': { input: serverRef, output: allSchema },
  /** Gives an allocation back. Refused with `conflict` for the default one. */
  'network.remove': { input: allocationRef, output: allSchema },
};
