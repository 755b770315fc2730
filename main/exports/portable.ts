import type { Settings } from '../../bridge/schema/settings.js';
import { settingImports, settingNames, type SettingName } from '../../bridge/settings/settings-table.js';
import { sentence, type Sentence } from '../../messages/messages.js';

const ownNames: readonly string[] = settingNames.filter((name) => settingImports[name] === 'own');

/** True if an export leaves the setting out. */
export function isOwn(name: string): boolean {
  return ownNames.includes(name);
}

/** The values that an import replaces, with a sentence for each that changes. */
export function changedValues(
  now: Settings,
  wanted: Settings,
): { fields: Partial<Settings>; changes: Sentence[] } {
  const fields: Partial<Settings> = {};
  const changes = settingNames.flatMap((name) => {
    const change = changeOf(name, now[name], wanted[name]);
    if (change !== null) Object.assign(fields, { [name]: wanted[name] });
    return change ?? [];
  });
  return { fields, changes };
}

/** null = the value stays. */
function changeOf<Name extends SettingName>(
  setting: Name,
  from: Settings[Name],
  to: Settings[Name],
): Sentence | null {
  const imports = settingImports[setting];
  if (typeof imports === 'string' || JSON.stringify(from) === JSON.stringify(to)) return null;
  const { name, words } = imports;
  return sentence('exports.change', { name: sentence(name), from: words(from), to: words(to) });
}
