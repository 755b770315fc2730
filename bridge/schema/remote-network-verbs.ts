/** Verbs about addresses of a server for the command line and for programs. */
import * as z from 'zod';
import { networkAllocationSchema, notesSchema } from './network.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

/** An allocation by its address with the port, or by its port alone. */
const addressSchema = z.string().min(1).max(500);

export const remoteNetworkVerbs = {
  network: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      /** The default address first. */
      addresses: z.array(
        networkAllocationSchema.extend({
          /** Names of the startup variables that hold the port; null = the key may not read the startup settings. */
          usedBy: z.array(z.string()).nullable(),
        }),
      ),
      /** Most addresses of the server, the default one included; null = the panel does not say. */
      limit: z.number().nullable(),
    }),
  },
  /**
   * A removal, another default address and other notes instead of notes are refused with `needs-yes` unless the user has
   * agreed. A program asks the person for each change.
   */
  changeNetwork: {
    input: z.object({
      name: serverNameSchema,
      change: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('add') }),
        z.object({ kind: z.literal('note'), address: addressSchema, notes: notesSchema }),
        z.object({ kind: z.literal('default'), address: addressSchema }),
        z.object({ kind: z.literal('remove'), address: addressSchema }),
      ]),
      isAgreed: z.boolean(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      /** After a removal, as the address was; null = the panel added one, but does not tell which. */
      address: networkAllocationSchema.nullable(),
    }),
  },
};
