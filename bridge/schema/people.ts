/** People who share a server, whom the panels call subusers (PROTOCOL 2.23). */
import * as z from 'zod';

export const personSchema = z.object({
  /** UUID of the account on the panel. */
  uuid: z.string(),
  /** User name on the panel. */
  name: z.string(),
  email: z.string(),
  /** Whether the account signs in with two factors. */
  hasTwoFactor: z.boolean(),
  /** Ids of permissions, as the panel has them (PROTOCOL 5). */
  permissions: z.array(z.string()).readonly(),
});
export type Person = z.infer<typeof personSchema>;

/**
 * Id of a permission, as in `control.start`. Plugins and newer panels use other forms too, and an id that Perch leaves
 * out would be lost with the next save. `*`, which stands for all permissions, is none to give.
 */
export const permissionIdSchema = z.string().regex(/^[\x21-\x29\x2b\x2d-\x7e]{1,100}$/);

/** Most permissions of somebody. A panel knows about 45; plugins add a few. */
export const mostPermissions = 500;

/** Ids of permissions to give. A panel leaves out the ids that it does not know. */
export const givenPermissionsSchema = z.array(permissionIdSchema).min(1).max(mostPermissions).readonly();

/** Address of a person, as typed. */
export const typedEmailSchema = z.string().trim().min(1).max(191);

/** Permissions that somebody gets on each server of a bulk action. */
export const sharedAccessSchema = z.object({
  email: typedEmailSchema,
  /** null = no access. */
  permissions: givenPermissionsSchema.nullable(),
  /** Whether the user agreed to replace other permissions; without that agreement the server keeps them. */
  replaces: z.boolean(),
});
export type SharedAccess = z.infer<typeof sharedAccessSchema>;
