/** Schemas for proxies. Windows use `bridge/panel/proxy.ts`, which does without zod. */
import * as z from 'zod';
import { proxyKinds } from '../panel/proxy-kinds.js';

/** A proxy as the user entered it, without its password. */
export const proxyPlaceSchema = z.object({
  kind: z.enum(proxyKinds),
  /** Host name or IP address; IPv6 without brackets. */
  host: z.string().max(300),
  port: z.number().int().min(1).max(65_535),
  /** Empty if the proxy needs no login. */
  user: z.string().max(255),
  /** Hosts reached without the proxy: `panel.example.com`, `*.example.com`, `10.0.0.0/8`. */
  except: z.array(z.string().max(300)).max(200),
});
export type ProxyPlace = z.infer<typeof proxyPlaceSchema>;

export const proxySettingSchema = z.object({
  use: z.enum(['system', 'none', 'own']),
  /** The user's own proxy, kept while another setting is in use; null if none was ever entered. */
  own: proxyPlaceSchema
    .extend({
      /**
       * Where the password is stored, never in the settings themselves.
       * `lost` = it was stored in memory by an earlier run.
       */
      password: z.enum(['none', 'keychain', 'memory', 'lost']),
      /** Number of the stored password, counted up with each password entered; 0 before the first. */
      turn: z.number().int().min(0),
    })
    .nullable(),
});
export type ProxySetting = z.infer<typeof proxySettingSchema>;
export type OwnProxy = NonNullable<ProxySetting['own']>;

/** Route of a connection, for display. `proxy` = its host and port, never its login. */
export const routeTakenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({ kind: z.enum(proxyKinds), proxy: z.string() }),
]);
export type RouteTaken = z.infer<typeof routeTakenSchema>;
