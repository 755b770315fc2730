/** Settings of the YAML files of Bukkit, Spigot and Paper. */
import { onOff, text, whole, type SettingGroup } from '../setting.js';

export const spigot: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-server',
    settings: [
      {
        key: 'settings.bungeecord',
        label: 'config-forms.bungeecord',
        hint: 'config-forms.proxy-hint',
        ...onOff,
      },
      {
        key: 'settings.restart-on-crash',
        label: 'config-forms.restart-on-crash',
        hint: 'config-forms.restart-on-crash-hint',
        ...onOff,
      },
      {
        key: 'settings.timeout-time',
        label: 'config-forms.timeout-time',
        hint: 'config-forms.timeout-time-hint',
        ...whole(1),
      },
    ],
  },
  {
    title: 'config-forms.group-worlds',
    settings: [
      {
        key: 'world-settings.default.mob-spawn-range',
        label: 'config-forms.mob-spawn-range',
        hint: 'config-forms.chunks-around',
        ...whole(0),
      },
      {
        key: 'world-settings.default.item-despawn-rate',
        label: 'config-forms.item-despawn-rate',
        hint: 'config-forms.ticks-hint',
        ...whole(0),
      },
      {
        key: 'world-settings.default.entity-activation-range.monsters',
        label: 'config-forms.monster-activation',
        hint: 'config-forms.blocks-hint',
        ...whole(0),
      },
    ],
  },
];

export const bukkit: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-server',
    settings: [
      { key: 'settings.allow-end', label: 'config-forms.allow-end', ...onOff },
      {
        key: 'settings.connection-throttle',
        label: 'config-forms.connection-throttle',
        hint: 'config-forms.connection-throttle-hint',
        ...whole(-1),
      },
    ],
  },
  {
    title: 'config-forms.group-worlds',
    settings: [
      { key: 'spawn-limits.monsters', label: 'config-forms.monster-limit', ...whole(-1) },
      { key: 'spawn-limits.animals', label: 'config-forms.animal-limit', ...whole(-1) },
      {
        key: 'ticks-per.autosave',
        label: 'config-forms.autosave',
        hint: 'config-forms.ticks-hint',
        ...whole(0),
      },
    ],
  },
];

export const paperGlobal: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-proxy',
    settings: [
      {
        key: 'proxies.velocity.enabled',
        label: 'config-forms.velocity',
        hint: 'config-forms.proxy-hint',
        ...onOff,
      },
      { key: 'proxies.velocity.online-mode', label: 'config-forms.velocity-online', ...onOff },
      {
        key: 'proxies.velocity.secret',
        label: 'config-forms.velocity-secret',
        hint: 'config-forms.velocity-secret-hint',
        ...text,
      },
    ],
  },
  {
    title: 'config-forms.group-server',
    settings: [
      { key: 'misc.max-joins-per-tick', label: 'config-forms.joins-per-tick', ...whole(1) },
      {
        key: 'unsupported-settings.allow-piston-duplication',
        label: 'config-forms.piston-duplication',
        ...onOff,
      },
    ],
  },
];

export const paperWorld: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-worlds',
    settings: [
      {
        key: 'anticheat.anti-xray.enabled',
        label: 'config-forms.anti-xray',
        hint: 'config-forms.anti-xray-hint',
        ...onOff,
      },
      {
        key: 'entities.spawning.per-player-mob-spawns',
        label: 'config-forms.per-player-mobs',
        hint: 'config-forms.per-player-mobs-hint',
        ...onOff,
      },
      { key: 'collisions.max-entity-collisions', label: 'config-forms.max-collisions', ...whole(0) },
      { key: 'environment.disable-thunder', label: 'config-forms.disable-thunder', ...onOff },
      { key: 'environment.disable-ice-and-snow', label: 'config-forms.disable-snow', ...onOff },
      { key: 'environment.optimize-explosions', label: 'config-forms.optimize-explosions', ...onOff },
    ],
  },
];
