/** Catalogue of the permissions that a panel knows, for the subusers of a server (PROTOCOL 2.13). */
import * as z from 'zod';

/** A group of the permissions that a panel knows (PROTOCOL 2.13); descriptions are empty if the panel gives none. */
export const permissionGroupSchema = z.object({
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.object({ id: z.string(), description: z.string() })),
});
export type PermissionGroup = z.infer<typeof permissionGroupSchema>;
