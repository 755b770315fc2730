/**
 * Sections of the settings by group, in display order.
 * A new section needs its name in a group here, an entry in the table of `settings-view.svelte`, the message
 * `settings.section-NAME` as its title, and `settings.find-NAME` with further search words. A missing part does not
 * compile.
 */
export const settingsGroups = [
  { name: 'servers', sections: ['panels', 'live', 'many', 'backups'] },
  { name: 'general', sections: ['appearance', 'asking', 'notifications', 'channels', 'system'] },
  { name: 'connections', sections: ['network', 'programs', 'sharing'] },
  { name: 'perch', sections: ['updates', 'exports', 'diagnostics', 'about'] },
] as const;

export type SettingsSection = (typeof settingsGroups)[number]['sections'][number];

export const settingsSections: readonly SettingsSection[] = settingsGroups.flatMap(
  ({ sections }) => sections,
);

/** Rows with further search words in `settings.find-row-NAME`. */
export const settingsRows = {
  appearance: ['theme', 'language'],
  system: ['autostart', 'shortcut'],
} as const satisfies Partial<Record<SettingsSection, readonly string[]>>;
