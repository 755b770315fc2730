/** `203.0.113.10:25565`, `[2001:db8::1]:25565`. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
