/** The verb about addresses of a server for the command line and for programs, which only reads. */
import * as z from 'zod';
import { networkAllocationSchema } from './network.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

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
};
