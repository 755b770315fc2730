/**
 * Finds the port for queries in a startup command or a variable (QUERIES "Which port"). Commands hold passwords, so only the
 * number leaves this file.
 */
interface PortVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * `?QueryPort=27015`, `+server.queryport 27015`, `-queryPort=27015`, `query_port=10011`. A game with a separate port
 * for Steam answers there.
 */
const inCommand = [
  /\bsteam[-_]?query[-_]?port[\s=:]{1,3}"?(\d{1,5})\b/i,
  /(?:\b|server\.|_)query[-_]?port[\s=:]{1,3}"?(\d{1,5})\b/i,
];
const variables = ['STEAM_QUERY_PORT', 'QUERY_PORT', 'QUERYPORT', 'SERVER_QUERY_PORT', 'STEAMQUERYPORT'];

/** null if neither names a port. The startup command is what really runs, so its port comes before a variable's. */
export function queryPortIn(command: string, told: readonly PortVariable[]): number | null {
  const found = [
    ...inCommand.map((says) => says.exec(command)?.[1]),
    ...variables.map((name) => told.find((variable) => variable.name === name)?.value),
  ];
  return found.map(portOf).find((port) => port !== null) ?? null;
}

function portOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port > 0 && port < 65_536 ? port : null;
}
