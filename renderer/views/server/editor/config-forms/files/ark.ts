/** Settings of ARK's `GameUserSettings.ini` and `Game.ini`. */
import { factor, onOff, text, whole, type SettingGroup } from '../setting.js';

const game = '/script/shootergame.shootergamemode';

export const arkUser: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-server',
    settings: [
      { key: 'SessionSettings/SessionName', label: 'config-forms.server-name', ...text },
      {
        key: 'ServerSettings/ServerPassword',
        label: 'config-forms.join-password',
        hint: 'config-forms.join-password-hint',
        ...text,
      },
      { key: 'ServerSettings/ServerAdminPassword', label: 'config-forms.admin-password', ...text },
      { key: '/Script/Engine.GameSession/MaxPlayers', label: 'config-forms.max-players', ...whole(1, 255) },
    ],
  },
  {
    title: 'config-forms.group-game',
    settings: [
      { key: 'ServerSettings/ServerPVE', label: 'config-forms.pve', hint: 'config-forms.pve-hint', ...onOff },
      {
        key: 'ServerSettings/DifficultyOffset',
        label: 'config-forms.difficulty',
        hint: 'config-forms.difficulty-offset-hint',
        ...factor,
      },
      { key: 'ServerSettings/ShowMapPlayerLocation', label: 'config-forms.map-location', ...onOff },
      { key: 'ServerSettings/AllowThirdPersonPlayer', label: 'config-forms.third-person', ...onOff },
      { key: 'ServerSettings/ServerCrosshair', label: 'config-forms.crosshair', ...onOff },
      {
        key: 'ServerSettings/XPMultiplier',
        label: 'config-forms.experience',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'ServerSettings/TamingSpeedMultiplier',
        label: 'config-forms.taming',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'ServerSettings/HarvestAmountMultiplier',
        label: 'config-forms.harvest',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'ServerSettings/DayTimeSpeedScale',
        label: 'config-forms.day-speed',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: 'ServerSettings/NightTimeSpeedScale',
        label: 'config-forms.night-speed',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
    ],
  },
];

export const arkGame: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-breeding',
    settings: [
      {
        key: `${game}/MatingIntervalMultiplier`,
        label: 'config-forms.mating-interval',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: `${game}/EggHatchSpeedMultiplier`,
        label: 'config-forms.egg-hatch',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: `${game}/BabyMatureSpeedMultiplier`,
        label: 'config-forms.baby-mature',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
    ],
  },
  {
    title: 'config-forms.group-game',
    settings: [
      {
        key: `${game}/CropGrowthSpeedMultiplier`,
        label: 'config-forms.crop-growth',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      {
        key: `${game}/GlobalSpoilingTimeMultiplier`,
        label: 'config-forms.spoiling',
        hint: 'config-forms.factor-hint',
        ...factor,
      },
      { key: `${game}/bPvEDisableFriendlyFire`, label: 'config-forms.no-friendly-fire', ...onOff },
    ],
  },
];
