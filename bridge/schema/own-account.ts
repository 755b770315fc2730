/** The account on its panel as windows show it: user, keys and SSH keys. No field holds a secret. */
import * as z from 'zod';
import { panelKinds } from '../panel/panel-kind.js';

/** An API key of the account without its secret half. */
const apiKeySchema = z.object({
  /** The first 16 characters of the key, which are public (PROTOCOL 1.2.1). */
  identifier: z.string(),
  description: z.string(),
  /** Addresses and CIDR ranges; an empty list = from anywhere. */
  allowedIps: z.array(z.string()),
  /** Wall-clock times in ms; null if the panel sends none. */
  lastUsedAt: z.number().nullable(),
  createdAt: z.number().nullable(),
  /** True for the key that Perch uses. */
  isUsed: z.boolean(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const ownAccountSchema = z.object({
  username: z.string(),
  email: z.string(),
  /** null if the panel does not say. */
  hasTwoFactor: z.boolean().nullable(),
  /** Program of the panel; null if unknown. Only Pelican lets an account change its user name. */
  kind: z.enum(panelKinds).nullable(),
  keys: z.array(apiKeySchema),
  sshKeys: z.array(
    z.object({
      name: z.string(),
      /** Base64 without `SHA256:`. */
      fingerprint: z.string(),
      /** Wall-clock time in ms; null if the panel sends none. */
      createdAt: z.number().nullable(),
      isUsed: z.boolean(),
    }),
  ),
});
export type OwnAccount = z.infer<typeof ownAccountSchema>;

/** A replacement of Perch's key that did not end, so the panel may have one key too many. */
export const keyRenewalSchema = z.object({
  /** Description of the new key at the panel, which no other key has. */
  name: z.string().max(500),
  /** Wall-clock time in ms. */
  at: z.number(),
});
