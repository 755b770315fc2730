/**
 * The sections of the settings, by group and in the order in which they are listed. A new one takes its name in its
 * group here, its part in the table of `settings-view.svelte`, and its words: `settings.section-NAME` is its title and
 * `settings.find-NAME` holds what it is also searched by. What lacks one of the three does not compile.
 */
export const settingsGroups = [
  { name: 'servers', sections: ['panels', 'live', 'many'] },
  { name: 'general', sections: ['appearance', 'asking', 'notifications', 'system'] },
  { name: 'connections', sections: ['network', 'programs'] },
  { name: 'perch', sections: ['updates', 'backup', 'diagnostics', 'about'] },
] as const;

export type SettingsSection = (typeof settingsGroups)[number]['sections'][number];

export const settingsSections: readonly SettingsSection[] = settingsGroups.flatMap(
  ({ sections }) => sections,
);

/** Lines that are searched by more than they say, too: `settings.find-row-NAME`. */
export const settingsRows = {
  appearance: ['theme', 'language'],
  system: ['autostart', 'shortcut'],
} as const satisfies Partial<Record<SettingsSection, readonly string[]>>;
