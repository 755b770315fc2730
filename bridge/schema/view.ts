import * as z from 'zod';
import { settingsSections } from '../settings/settings-sections.js';

/** What a window shows; main sends it to a window through the feed `navigation`. */
export const viewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('onboarding') }),
  /** `list` = `attention`, or the key of a section; all servers without it, or where that is gone. */
  z.object({ kind: z.literal('fleet'), list: z.string().max(300).optional() }),
  z.object({
    kind: z.literal('server'),
    serverId: z.string().max(300),
    /** `console` where it is not said. */
    tab: z.enum(['console', 'events', 'startup', 'settings']).optional(),
  }),
  /** `only` = what a person may want to know, of the rest nothing. */
  z.object({ kind: z.literal('events'), only: z.literal('news').optional() }),
  /** Without a section, where it was scrolled to. */
  z.object({ kind: z.literal('settings'), section: z.enum(settingsSections).optional() }),
]);
export type View = z.infer<typeof viewSchema>;
