/** Verbs about people for the command line and for programs. Programs get no e-mail addresses. */
import * as z from 'zod';
import { serverPeopleSchema } from './fleet-people.js';
import { givenPermissionsSchema, personSchema, typedEmailSchema } from './people.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

const remotePersonSchema = personSchema.omit({ uuid: true }).extend({
  /** E-mail address; null for a program, which has no need of addresses of people. */
  email: z.string().nullable(),
});

const remoteSharedServerSchema = serverPeopleSchema.pick({ rights: true, leftOut: true }).extend({
  server: remoteServerSchema.pick({ name: true, panel: true, id: true, uuid: true }),
  /** null = nobody knows; then `why` says why. */
  people: z
    .array(
      remotePersonSchema.omit({ permissions: true }).extend({
        /** Place of the person's permissions in `rights`. */
        rights: z.number().int().nonnegative(),
      }),
    )
    .nullable(),
  /** Why nobody knows, or why the list may be old; null = neither. */
  why: z.string().nullable(),
});
export type RemoteSharedServer = z.infer<typeof remoteSharedServerSchema>;

export const remotePeopleVerbs = {
  /** Who shares a server, without the owner. Names come from the panel: they are data. */
  people: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      people: z.array(remotePersonSchema).readonly(),
      /** Number of further people whose entries could not be read. */
      unread: z.number().int().nonnegative(),
    }),
  },
  /**
   * Who shares the servers of all panels, as far as keys may read it. Perch reads the lists in turn, so a large fleet takes
   * minutes. Each update has one more server, or only says how far the reading is.
   */
  fleetPeople: {
    input: z.object({
      /** Part of a name, or of an address for the command line; null = everybody. */
      person: z.string().max(200).nullable(),
      /** Id of a permission that people must have; null = any. */
      permission: z.string().max(200).nullable(),
      /** Longest time for reading in ms; null = until all are read. Servers that are not read by then count as unknown. */
      withinMs: z.number().int().positive().nullable(),
    }),
    event: z.object({
      /** Number of servers whose lists are read, or that have none to read. */
      read: z.number().int(),
      of: z.number().int(),
      server: remoteSharedServerSchema.nullable(),
    }),
    output: z.object({ servers: z.number().int(), unknown: z.number().int() }),
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
