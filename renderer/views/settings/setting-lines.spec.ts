/** The list of settings against the views that show them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingLines } from './setting-lines.js';

/** Labels of controls that are not settings of their own, with the reason. */
const parts: Readonly<Record<string, string>> = {
  'accounts.name': 'of a dialog',
  'channels.kind': 'of a dialog',
  'channels.recipient': 'of a dialog',
  'channels.name': 'of a dialog',
  'status-board.on': 'of a dialog',
  'status-board.players': 'of a dialog',
  'status-board.addresses': 'of a dialog',
  'network.kind': 'of the route',
  'network.host': 'of the route',
  'network.port': 'of the route',
  'network.user': 'of the route',
  'network.password': 'of the route',
  'network.except': 'of the route',
  'settings.sections': 'the list of sections',
  'system.opens': 'of the shortcut',
};
const control =
  /<(?:Switch|SelectBox|Segments|PauseField|NumberSetting|Field|Toggle)\b[^]*?\blabel=\{say\('([\w.-]+)'\)\}/g;

it('the list has every setting that a control changes', () => {
  const shown = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(control)].map(([, id = '']) => id),
    );
  const known = new Set<string>([...settingLines.map(({ label }) => label), ...Object.keys(parts)]);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((id) => !known.has(id))).toEqual([]);
});
