/** Schemas of the user's settings, made of their table: main stores them, windows change them. */
import { defaultSettings, settingFields, type Settings } from '../settings/settings-table.js';
import { settingParts } from './setting-parts.js';
import { withDefaults } from './with-defaults.js';

export type { Settings };

const fields = settingFields(settingParts);

export const settingsSchema = withDefaults(fields, defaultSettings);

/**
 * Partial settings; missing fields stay as they are, so no defaults apply. Excludes the proxy, because a window could
 * redirect the proxy's password to another host, the rules for backups and the folder for their copies, because they
 * delete backups and copies, the program for editing, because Perch starts it, the addresses of games and the channels,
 * because Perch sends to them, and what happens to empty servers, because Perch stops them.
 */
export const settingsPatchSchema = settingParts.z
  .object(fields)
  .omit({
    proxy: true,
    backupRules: true,
    copiesFolder: true,
    ownEditor: true,
    queryChoices: true,
    whenEmpty: true,
    channels: true,
  })
  .partial();
