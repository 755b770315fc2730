/**
 * Socket path of the session bus for `net.connect`; null if the session has none. Takes the first address that is a
 * local socket.
 */
export function busPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const listed = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  for (const address of listed.split(';')) {
    const path = socketPath(address);
    if (path !== null) return path;
  }
  const runtimeFolder = env['XDG_RUNTIME_DIR'] ?? '';
  return listed === '' && runtimeFolder !== '' ? `${runtimeFolder}/bus` : null;
}

/** Parses an address such as `unix:path=/run/user/1000/bus,guid=…`; an abstract name begins with a zero byte. */
function socketPath(address: string): string | null {
  const [, fields] = /^unix:(.*)$/.exec(address) ?? [];
  for (const field of (fields ?? '').split(',')) {
    const [, name, value] = /^(path|abstract)=(.+)$/.exec(field) ?? [];
    if (name === undefined || value === undefined) continue;
    return name === 'abstract' ? `\0${unescaped(value)}` : unescaped(value);
  }
  return null;
}

function unescaped(value: string): string {
  return value.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
