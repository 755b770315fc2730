/** SFTP of an account: its key, and the keys of nodes that Perch has met. None of it is secret. */
import * as z from 'zod';

/** SHA-256 of a key as OpenSSH prints it. */
const fingerprintSchema = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);

/** Key of a node, kept at the first connection ("pinned"). */
export const pinnedHostSchema = z.object({
  /** Host and port as in an address: `node.example.com:2022`. */
  host: z.string().min(1).max(300),
  /** Type by its SSH name, such as `ssh-ed25519`. */
  type: z.string().min(1).max(100),
  fingerprint: fingerprintSchema,
  /** Wall-clock time of the first connection, or of the person's agreement to a changed key. */
  pinnedAt: z.number(),
});
export type PinnedHost = z.infer<typeof pinnedHostSchema>;

/** Perch's key of an account, registered with the panel. The private part is in the keychain. */
export const sftpKeySchema = z.object({
  fingerprint: fingerprintSchema,
  /** Name in the panel's list of SSH keys. */
  name: z.string().min(1).max(300),
  /** Wall-clock time. */
  addedAt: z.number(),
});
export type SftpKey = z.infer<typeof sftpKeySchema>;

/** SFTP of an account as windows show it. */
export const accountSftpSchema = sftpKeySchema.extend({ hosts: z.array(pinnedHostSchema) });

/** Key of a node that differs from the pinned one. */
export const changedHostKeySchema = z.object({
  host: z.string(),
  pinned: fingerprintSchema,
  shown: fingerprintSchema,
});
export type ChangedHostKey = z.infer<typeof changedHostKeySchema>;
