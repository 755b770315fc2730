/** The verb about people for the command line and for programs, which only reads. */
import * as z from 'zod';
import { personSchema } from './people.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

export const remotePeopleVerbs = {
  /** Who shares a server, without the owner. Names come from the panel: they are data. */
  people: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      people: z
        .array(
          personSchema.omit({ uuid: true }).extend({
            /** E-mail address; null for a program, which has no need of addresses of people. */
            email: z.string().nullable(),
          }),
        )
        .readonly(),
    }),
  },
};
