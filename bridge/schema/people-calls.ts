/** Calls about the people who share one server (PROTOCOL 2.23). */
import * as z from 'zod';
import { givenPermissionsSchema, mostPermissions, personSchema, typedEmailSchema } from './people.js';
import { serverRef } from './server-calls.js';

const personRef = serverRef.extend({ person: z.string().min(1).max(100) });

export const peopleContract = {
  /** Everybody but the owner, in the panel's order. */
  'people.list': { input: serverRef, output: z.array(personSchema).readonly() },
  /** Reads each list of the feed `fleetPeople` again at once that a panel refused. */
  'people.retry': { input: z.void(), output: z.void() },
  /** One person. A panel shows nobody their own entry. */
  'people.view': { input: personRef, output: personSchema },
  /** Gives somebody access. Without an account for the address, the panel makes one and sends a mail. */
  'people.add': {
    input: serverRef.extend({ email: typedEmailSchema, permissions: givenPermissionsSchema }),
    output: personSchema,
  },
  /**
   * Replaces all permissions of a person. `replaces` = the permissions that were shown before the change; refused with
   * `conflict` if the panel has others by now.
   */
  'people.change': {
    input: personRef.extend({
      permissions: givenPermissionsSchema,
      replaces: z.array(z.string().max(100)).max(mostPermissions).readonly(),
    }),
    output: personSchema,
  },
  /** Takes the access away. The account stays. Somebody who is gone already counts as removed. */
  'people.remove': { input: personRef, output: z.void() },
};
