/** Verbs about people for the command line and for programs. Programs get no e-mail addresses. */
import * as z from 'zod';
import { givenPermissionsSchema, personSchema, typedEmailSchema } from './people.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

const remotePersonSchema = personSchema.omit({ uuid: true }).extend({
  /** E-mail address; null for a program, which has no need of addresses of people. */
  email: z.string().nullable(),
});

export const remotePeopleVerbs = {
  /** Who shares a server, without the owner. Names come from the panel: they are data. */
  people: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({ server: remoteServerSchema, people: z.array(remotePersonSchema).readonly() }),
  },
  /** Refused with `needs-yes` unless the user has agreed. A program asks the person each time. */
  changePeople: {
    input: z.object({
      name: serverNameSchema,
      change: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('give'),
          email: typedEmailSchema,
          /** A role of Perch, or the name of a role of the user; null = `permissions` says what. */
          role: z.string().min(1).max(100).nullable(),
          permissions: givenPermissionsSchema.nullable(),
        }),
        /** User name or e-mail address of somebody who shares the server. */
        z.object({ kind: z.literal('remove'), person: z.string().min(1).max(200) }),
      ]),
      isAgreed: z.boolean(),
    }),
    event: z.never(),
    /** Who got the access, or had it. */
    output: z.object({ server: remoteServerSchema, person: remotePersonSchema }),
  },
};
