/** What is wished and known of proxies, for those who parse it. Windows have the rest, without zod. */
import * as z from 'zod';
import { proxyKinds } from '../panel/proxy-kinds.js';

/** A proxy as the person has entered it, without its password. */
export const proxyPlaceSchema = z.object({
  kind: z.enum(proxyKinds),
  /** A name or an address, IPv6 without brackets. */
  host: z.string().max(300),
  port: z.number().int().min(1).max(65_535),
  /** Empty where it asks for none. */
  user: z.string().max(255),
  /** Hosts that are reached without it: `panel.example.com`, `*.example.com`, `10.0.0.0/8`. */
  except: z.array(z.string().max(300)).max(200),
});
export type ProxyPlace = z.infer<typeof proxyPlaceSchema>;

export const proxySettingSchema = z.object({
  use: z.enum(['system', 'none', 'own']),
  /** It stays while another way is taken; null where none was ever entered. */
  own: proxyPlaceSchema
    .extend({
      /**
       * Where its password is, which never is in the settings themselves; `lost` = it was kept until an earlier run
       * quit.
       */
      password: z.enum(['none', 'keychain', 'memory', 'lost']),
      /** Which of all passwords it is, counted up with each that is entered; 0 before the first. */
      turn: z.number().int().min(0),
    })
    .nullable(),
});
export type ProxySetting = z.infer<typeof proxySettingSchema>;
export type OwnProxy = NonNullable<ProxySetting['own']>;

/** A way that a connection takes, for a person to read. `proxy` = its host and port, never its login. */
export const wayTakenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({ kind: z.enum(proxyKinds), proxy: z.string() }),
]);
export type WayTaken = z.infer<typeof wayTakenSchema>;
