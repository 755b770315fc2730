/** Settings of `velocity.toml`, the configuration of the proxy Velocity. */
import { onOff, text, whole, type SettingGroup } from '../setting.js';

export const velocity: readonly SettingGroup[] = [
  {
    title: 'config-forms.group-proxy',
    settings: [
      { key: 'motd', label: 'config-forms.motd', hint: 'config-forms.minimessage-hint', ...text },
      {
        key: 'show-max-players',
        label: 'config-forms.shown-max-players',
        hint: 'config-forms.shown-max-players-hint',
        ...whole(0, 2_147_483_647),
      },
      {
        key: 'online-mode',
        label: 'config-forms.online-mode',
        hint: 'config-forms.proxy-online-hint',
        ...onOff,
      },
      {
        key: 'player-info-forwarding-mode',
        label: 'config-forms.forwarding',
        hint: 'config-forms.forwarding-hint',
        kind: 'choice',
        ignoresCase: true,
        choices: [
          { value: 'none', label: 'config-forms.forwarding-none' },
          { value: 'legacy', label: 'config-forms.forwarding-legacy' },
          { value: 'bungeeguard', label: 'config-forms.forwarding-bungeeguard' },
          { value: 'modern', label: 'config-forms.forwarding-modern' },
        ],
      },
      {
        key: 'forwarding-secret-file',
        label: 'config-forms.forwarding-file',
        hint: 'config-forms.forwarding-file-hint',
        ...text,
      },
      {
        key: 'kick-existing-players',
        label: 'config-forms.kick-existing',
        hint: 'config-forms.kick-existing-hint',
        ...onOff,
      },
      {
        key: 'ping-passthrough',
        label: 'config-forms.ping-passthrough',
        kind: 'choice',
        ignoresCase: true,
        choices: [
          { value: 'disabled', label: 'config-forms.ping-disabled' },
          { value: 'mods', label: 'config-forms.ping-mods' },
          { value: 'description', label: 'config-forms.ping-description' },
          { value: 'all', label: 'config-forms.ping-all' },
        ],
      },
      { key: 'announce-forge', label: 'config-forms.announce-forge', ...onOff },
      { key: 'enable-player-address-logging', label: 'config-forms.address-logging', ...onOff },
    ],
  },
  {
    title: 'config-forms.group-network',
    settings: [
      { key: 'bind', label: 'config-forms.bind', hint: 'config-forms.panel-sets-hint', ...text },
      {
        key: 'advanced.compression-threshold',
        label: 'config-forms.compression-threshold',
        hint: 'config-forms.compression-threshold-hint',
        ...whole(-1),
      },
      {
        key: 'advanced.login-ratelimit',
        label: 'config-forms.login-pause',
        hint: 'config-forms.login-pause-hint',
        ...whole(0),
      },
      {
        key: 'advanced.connection-timeout',
        label: 'config-forms.connection-timeout',
        hint: 'config-forms.milliseconds-hint',
        ...whole(1),
      },
      {
        key: 'advanced.read-timeout',
        label: 'config-forms.read-timeout',
        hint: 'config-forms.milliseconds-hint',
        ...whole(1),
      },
      {
        key: 'advanced.haproxy-protocol',
        label: 'config-forms.haproxy',
        hint: 'config-forms.haproxy-hint',
        ...onOff,
      },
      { key: 'query.enabled', label: 'config-forms.query', ...onOff },
      { key: 'query.port', label: 'config-forms.query-port', ...whole(1, 65_535) },
    ],
  },
];
