/** Recognises console lines that Wings itself writes (PROTOCOL 4.12) by their exact escape sequences. */
const start = '\u001b[33m\u001b[1m[';
const middle = ' Daemon]:\u001b[39m ';
const end = '\u001b[0m';
/** Longest accepted `app_name` of a node, which is free text. */
const longestName = 80;

/** The text that Wings wrote, with any `app_name`. null for a line of the process. */
export function daemonText(line: string): string | null {
  if (!line.startsWith(start) || !line.endsWith(end)) return null;
  const at = line.indexOf(middle, start.length);
  if (at <= start.length || at > start.length + longestName) return null;
  return line.slice(at + middle.length, line.length - end.length);
}
