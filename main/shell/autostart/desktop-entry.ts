/** Desktop entries (XDG specification), which a desktop session reads to start programs. Pure. */

/** One word of an `Exec` line: quoted, then escaped as a string of a desktop entry. */
export function execWord(word: string): string {
  const quoted = word.replaceAll(/["`$\\]/g, (letter) => `\\${letter}`).replaceAll('%', '%%');
  return `"${quoted}"`.replaceAll('\\', '\\\\');
}

export function desktopEntry(fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  return ['[Desktop Entry]', ...lines, ''].join('\n');
}

/** The fields of the main group, still escaped. */
export function readDesktopEntry(text: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  let isMain = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) isMain = line.trim() === '[Desktop Entry]';
    const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (isMain && key !== undefined && value !== undefined) fields[key] = value;
  }
  return fields;
}

/** True if the entry is disabled. Desktops disable an entry instead of deleting it, each with its own field. */
export function isSwitchedOff(fields: Readonly<Record<string, string>>): boolean {
  if (fields['Hidden']?.trim() === 'true') return true;
  return Object.entries(fields).some(
    ([key, value]) => /^X-[A-Za-z]+-Autostart-enabled$/.test(key) && value.trim() === 'false',
  );
}
