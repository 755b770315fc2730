/** Settings of `server.properties` of Bedrock's own server, which has other names than the Java edition's. */
import { onOff, text, whole, type SettingGroup } from '../setting.js';

export const bedrockProperties: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-game',
    settings: [
      {
        key: 'server-name',
        label: 'config-forms.server-name',
        hint: 'config-forms.bedrock-name-hint',
        ...text,
      },
      {
        key: 'gamemode',
        label: 'config-forms.gamemode',
        kind: 'choice',
        choices: [
          { value: 'survival', label: 'config-forms.gamemode-survival' },
          { value: 'creative', label: 'config-forms.gamemode-creative' },
          { value: 'adventure', label: 'config-forms.gamemode-adventure' },
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
      { key: 'allow-cheats', label: 'config-forms.allow-cheats', ...onOff },
    ],
  },
  {
    title: 'config-forms.group-players',
    settings: [
      { key: 'max-players', label: 'config-forms.max-players', ...whole(1) },
      { key: 'allow-list', label: 'config-forms.whitelist', hint: 'config-forms.allow-list-hint', ...onOff },
      {
        key: 'online-mode',
        label: 'config-forms.xbox-accounts',
        hint: 'config-forms.xbox-accounts-hint',
        ...onOff,
      },
      {
        key: 'default-player-permission-level',
        label: 'config-forms.new-player-level',
        kind: 'choice',
        choices: [
          { value: 'visitor', label: 'config-forms.level-visitor' },
          { value: 'member', label: 'config-forms.level-member' },
          { value: 'operator', label: 'config-forms.level-operator' },
        ],
      },
      {
        key: 'player-idle-timeout',
        label: 'config-forms.idle-timeout',
        hint: 'config-forms.idle-timeout-hint',
        ...whole(0),
      },
      { key: 'texturepack-required', label: 'config-forms.require-resource-pack', ...onOff },
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
        ...whole(5),
      },
      {
        key: 'tick-distance',
        label: 'config-forms.simulation-distance',
        hint: 'config-forms.chunks-hint',
        ...whole(4, 12),
      },
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
    ],
  },
];
