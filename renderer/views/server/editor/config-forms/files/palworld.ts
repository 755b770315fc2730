/** Settings of Palworld's `PalWorldSettings.ini`. */
import { factor, onOff, text, whole, type SettingGroup } from '../setting.js';

export const palworld: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-server',
    settings: [
      { key: 'ServerName', label: 'config-forms.server-name', ...text },
      { key: 'ServerDescription', label: 'config-forms.server-description', ...text },
      {
        key: 'ServerPassword',
        label: 'config-forms.join-password',
        hint: 'config-forms.join-password-hint',
        ...text,
      },
      { key: 'AdminPassword', label: 'config-forms.admin-password', ...text },
      { key: 'ServerPlayerMaxNum', label: 'config-forms.max-players', ...whole(1, 32) },
      { key: 'RCONEnabled', label: 'config-forms.rcon', ...onOff },
    ],
  },
  {
    title: 'config-forms.group-game',
    settings: [
      {
        key: 'DeathPenalty',
        label: 'config-forms.death-penalty',
        kind: 'choice',
        choices: [
          { value: 'None', label: 'config-forms.death-none' },
          { value: 'Item', label: 'config-forms.death-items' },
          { value: 'ItemAndEquipment', label: 'config-forms.death-equipment' },
          { value: 'All', label: 'config-forms.death-all' },
        ],
      },
      { key: 'bIsPvP', label: 'config-forms.pvp', ...onOff },
      { key: 'ExpRate', label: 'config-forms.experience', hint: 'config-forms.factor-hint', ...factor },
      {
        key: 'PalCaptureRate',
        label: 'config-forms.pal-capture',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'PalSpawnNumRate',
        label: 'config-forms.pal-spawn',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'DayTimeSpeedRate',
        label: 'config-forms.day-speed',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'NightTimeSpeedRate',
        label: 'config-forms.night-speed',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
    ],
  },
];
