import * as z from 'zod';
import { serverTabs } from '../fleet/server-tabs.js';
import { ruleLimits } from '../rules/rule-limits.js';
import { settingsSections } from '../settings/settings-sections.js';

/** View of a window. Main sends it through the feed `navigation`. */
export const viewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('onboarding') }),
  /**
   * `list` = `attention` or the key of a section. A missing key, or the key of a removed section, means all servers.
   */
  z.object({ kind: z.literal('fleet'), list: z.string().max(300).optional() }),
  z.object({
    kind: z.literal('server'),
    serverId: z.string().max(300),
    /** Missing = `console`. */
    tab: z.enum(serverTabs).optional(),
    /** Folder that the tab `files` shows; missing = the server's folder. */
    folder: z.string().max(4096).optional(),
  }),
  /** `only` = show only events that may become alerts. */
  z.object({ kind: z.literal('events'), only: z.literal('news').optional() }),
  /** Missing part = the rules. `ruleId` and `serverId` = show only runs of this rule, on this server. */
  z.object({
    kind: z.literal('automation'),
    part: z.enum(['rules', 'runs', 'week']).optional(),
    ruleId: z.string().max(ruleLimits.idLength).optional(),
    serverId: z.string().max(300).optional(),
  }),
  /** Who shares the servers. */
  z.object({ kind: z.literal('people') }),
  /** The account on its panel. */
  z.object({ kind: z.literal('account'), accountId: z.string().max(100) }),
  /** Missing section = keep the scroll position. */
  z.object({ kind: z.literal('settings'), section: z.enum(settingsSections).optional() }),
]);
export type View = z.infer<typeof viewSchema>;
