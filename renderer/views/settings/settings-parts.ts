/** The content of each section of the settings. */
import type { Component } from 'svelte';
import type { SettingsSection } from '../../../bridge/settings/settings-sections.js';
import AboutPerch from './about-perch.svelte';
import AccountsList from './accounts-list.svelte';
import AppearanceSettings from './appearance-settings.svelte';
import AskingSettings from './asking-settings.svelte';
import BackupRules from './backup-rules.svelte';
import Channels from './channels.svelte';
import Diagnostics from './diagnostics.svelte';
import Exports from './exports.svelte';
import LiveServers from './live-servers.svelte';
import ManyServers from './many-servers.svelte';
import NetworkSection from './network-section.svelte';
import NotificationSettings from './notification-settings.svelte';
import ProgramAllowances from './program-allowances.svelte';
import SharedLogs from './shared-logs.svelte';
import SystemSettings from './system-settings.svelte';
import UpdateSection from './update-section.svelte';

/** `bridge/settings/settings-sections.ts` lists the parts of a new section. */
export const settingsParts: Readonly<Record<SettingsSection, Component>> = {
  panels: AccountsList,
  live: LiveServers,
  many: ManyServers,
  backups: BackupRules,
  appearance: AppearanceSettings,
  asking: AskingSettings,
  notifications: NotificationSettings,
  channels: Channels,
  system: SystemSettings,
  network: NetworkSection,
  programs: ProgramAllowances,
  sharing: SharedLogs,
  updates: UpdateSection,
  exports: Exports,
  diagnostics: Diagnostics,
  about: AboutPerch,
};
