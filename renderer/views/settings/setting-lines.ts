/** All settings by the label of their line, with section, in display order. */
import type { SettingsSection } from '../../../bridge/settings/settings-sections.js';
import type { PlainId } from '../../../messages/messages.js';
import { kindGroups } from '../alerts/alert-kinds.js';

export interface SettingLine {
  readonly section: SettingsSection;
  readonly label: PlainId;
}

const line = (section: SettingsSection, ...labels: readonly PlainId[]): SettingLine[] =>
  labels.map((label) => ({ section, label }));

const kinds = kindGroups.flatMap((group) => [...group.kinds]);

export const settingLines: readonly SettingLine[] = [
  ...line('panels', 'accounts.all-servers'),
  ...line('live', 'settings.live-limit', 'settings.watch-configuration', 'settings.ask-games'),
  ...line('many', 'settings.pause'),
  ...line('backups', 'backup-rules.all', 'copies.folder'),
  ...line('appearance', 'settings.theme', 'settings.language'),
  ...line('asking', 'settings.confirm-stop', 'settings.confirm-restart'),
  ...line('notifications', 'notifications.on', ...kinds.map((kind): PlainId => `notifications.kind-${kind}`)),
  ...line('notifications', 'notifications.quiet', 'notifications.rules'),
  ...line('channels', 'channels.list'),
  ...line('system', 'system.autostart', 'system.shortcut', 'own-editor.program'),
  ...line('network', 'network.way', 'transfers.limit'),
  ...line('sharing', 'sharing.service', 'sharing.list'),
  ...line('updates', 'updates.on', 'updates.channel'),
];
