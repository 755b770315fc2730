/** Settings of `server.properties`, and of `eula.txt`, which has the same format. */
import { onOff, text, whole, type SettingGroup } from '../setting.js';

export const minecraftProperties: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-game',
    settings: [
      { key: 'motd', label: 'config-forms.motd', hint: 'config-forms.motd-hint', ...text },
      {
        key: 'gamemode',
        label: 'config-forms.gamemode',
        kind: 'choice',
        choices: [
          { value: 'survival', label: 'config-forms.gamemode-survival' },
          { value: 'creative', label: 'config-forms.gamemode-creative' },
          { value: 'adventure', label: 'config-forms.gamemode-adventure' },
          { value: 'spectator', label: 'config-forms.gamemode-spectator' },
        ],
      },
      { key: 'force-gamemode', label: 'config-forms.force-gamemode', ...onOff },
      {
        key: 'difficulty',
        label: 'config-forms.difficulty',
        kind: 'choice',
        choices: [
          { value: 'peaceful', label: 'config-forms.difficulty-peaceful' },
          { value: 'easy', label: 'config-forms.difficulty-easy' },
          { value: 'normal', label: 'config-forms.difficulty-normal' },
          { value: 'hard', label: 'config-forms.difficulty-hard' },
        ],
      },
      { key: 'hardcore', label: 'config-forms.hardcore', hint: 'config-forms.hardcore-hint', ...onOff },
      { key: 'pvp', label: 'config-forms.pvp', ...onOff },
      {
        key: 'allow-flight',
        label: 'config-forms.allow-flight',
        hint: 'config-forms.allow-flight-hint',
        ...onOff,
      },
      {
        key: 'enable-command-block',
        label: 'config-forms.command-blocks',
        ...onOff,
      },
    ],
  },
  {
    title: 'config-forms.group-players',
    settings: [
      { key: 'max-players', label: 'config-forms.max-players', ...whole(0, 2_147_483_647) },
      { key: 'white-list', label: 'config-forms.whitelist', hint: 'config-forms.whitelist-hint', ...onOff },
      {
        key: 'enforce-whitelist',
        label: 'config-forms.enforce-whitelist',
        hint: 'config-forms.enforce-whitelist-hint',
        ...onOff,
      },
      {
        key: 'online-mode',
        label: 'config-forms.online-mode',
        hint: 'config-forms.online-mode-hint',
        ...onOff,
      },
      {
        key: 'player-idle-timeout',
        label: 'config-forms.idle-timeout',
        hint: 'config-forms.idle-timeout-hint',
        ...whole(0),
      },
      {
        key: 'op-permission-level',
        label: 'config-forms.op-level',
        hint: 'config-forms.op-level-hint',
        ...whole(0, 4),
      },
      { key: 'hide-online-players', label: 'config-forms.hide-players', ...onOff },
    ],
  },
  {
    title: 'config-forms.group-world',
    settings: [
      { key: 'level-name', label: 'config-forms.level-name', hint: 'config-forms.level-name-hint', ...text },
      { key: 'level-seed', label: 'config-forms.level-seed', hint: 'config-forms.level-seed-hint', ...text },
      {
        key: 'view-distance',
        label: 'config-forms.view-distance',
        hint: 'config-forms.chunks-hint',
        ...whole(3, 32),
      },
      {
        key: 'simulation-distance',
        label: 'config-forms.simulation-distance',
        hint: 'config-forms.chunks-hint',
        ...whole(3, 32),
      },
      {
        key: 'spawn-protection',
        label: 'config-forms.spawn-protection',
        hint: 'config-forms.spawn-protection-hint',
        ...whole(0),
      },
      { key: 'allow-nether', label: 'config-forms.allow-nether', ...onOff },
      { key: 'spawn-monsters', label: 'config-forms.spawn-monsters', ...onOff },
      { key: 'generate-structures', label: 'config-forms.generate-structures', ...onOff },
    ],
  },
  {
    title: 'config-forms.group-network',
    settings: [
      {
        key: 'server-port',
        label: 'config-forms.server-port',
        hint: 'config-forms.panel-sets-hint',
        ...whole(1, 65_535),
      },
      { key: 'resource-pack', label: 'config-forms.resource-pack', ...text },
      { key: 'require-resource-pack', label: 'config-forms.require-resource-pack', ...onOff },
      { key: 'enable-rcon', label: 'config-forms.rcon', ...onOff },
    ],
  },
];

export const minecraftEula: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-eula',
    settings: [{ key: 'eula', label: 'config-forms.eula', hint: 'config-forms.eula-hint', ...onOff }],
  },
];
