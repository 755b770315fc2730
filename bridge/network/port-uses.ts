/** Which startup variables hold the port of an allocation. Pure. */
import type { NetworkAllocation } from '../schema/network.js';
import type { StartupVariable } from '../schema/startup.js';

type Variable = Pick<StartupVariable, 'name' | 'envVariable' | 'serverValue' | 'defaultValue'>;

/** Names of the variables whose value is this port, as the panel shows them; the key of a variable without a name. */
export function portUses(
  { port }: Pick<NetworkAllocation, 'port'>,
  variables: readonly Variable[],
): readonly string[] {
  return variables
    .filter(({ serverValue, defaultValue }) => portOf(serverValue ?? defaultValue) === port)
    .map(({ name, envVariable }) => (name.trim() === '' ? envVariable : name));
}

/** Variables whose value is a port that no allocation has: their service cannot be reached. */
export function missingPorts(
  allocations: readonly Pick<NetworkAllocation, 'port'>[],
  variables: readonly Variable[],
): readonly Variable[] {
  const ports = new Set(allocations.map(({ port }) => port));
  return variables.filter((variable) => {
    const port = portOf(variable.serverValue ?? variable.defaultValue);
    return port !== null && /(?:^|_)PORT(?:$|_)/i.test(variable.envVariable) && !ports.has(port);
  });
}

/** null = no port. Ports below 1024 belong to the system, and small numbers mean something else in most variables. */
function portOf(value: string): number | null {
  const text = value.trim();
  const port = /^\d{4,5}$/.test(text) ? Number(text) : 0;
  return port >= 1024 && port <= 65_535 ? port : null;
}
