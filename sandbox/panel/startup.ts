import type { Egg, EggVariable, Server } from '../data/world.js';

const hidden = '[hidden]';
/** Address and port for a server without an allocation, as on Pelican. */
const noAddress = { ip: '127.0.0.1', port: 0 };

/** Variables that users see, in the egg's order if the dialect sorts. */
export function shownVariables(egg: Egg, sorted: boolean): EggVariable[] {
  const shown = egg.variables.filter((each) => each.viewable);
  const place = (variable: EggVariable): number => variable.order ?? egg.variables.length;
  return sorted ? shown.sort((one, other) => place(one) - place(other)) : shown;
}

/** The start command with its placeholders. */
export function startTemplate(server: Server, egg: Egg): string {
  return server.startup ?? egg.startup;
}

export function valueOf(server: Server, variable: EggVariable): string | null {
  return server.values[variable.env] ?? null;
}

/**
 * The start command with values (PROTOCOL 2.10): memory, address, port and the egg's variables. Other placeholders
 * stay. Hidden variables read `[hidden]`, and with `hideAll` all variables do.
 */
export function renderStart(server: Server, egg: Egg, hideAll: boolean): string {
  return render(server, egg, (variable) =>
    variable.viewable && !hideAll ? (valueOf(server, variable) ?? variable.defaultValue) : hidden,
  );
}

/** The complete start command, as the node runs it. */
export function invocationOf(server: Server, egg: Egg): string {
  return render(server, egg, (variable) => valueOf(server, variable) ?? variable.defaultValue);
}

function render(server: Server, egg: Egg, valueFor: (variable: EggVariable) => string): string {
  const primary = primaryAllocation(server);
  let command = startTemplate(server, egg)
    .replaceAll('{{SERVER_MEMORY}}', String(server.limits.memory))
    .replaceAll('{{SERVER_IP}}', () => primary?.ip ?? noAddress.ip)
    .replaceAll('{{SERVER_PORT}}', () => String(primary?.port ?? noAddress.port));
  for (const variable of egg.variables) {
    command = command.replaceAll(`{{${variable.env}}}`, () => valueFor(variable));
  }
  return command;
}

/** Environment of the process. */
export function environmentOf(server: Server, egg: Egg): Record<string, string> {
  const primary = primaryAllocation(server);
  const environment: Record<string, string> = {
    STARTUP: startTemplate(server, egg),
    P_SERVER_UUID: server.uuid,
    SERVER_MEMORY: String(server.limits.memory),
    SERVER_IP: primary?.ip ?? noAddress.ip,
    SERVER_PORT: String(primary?.port ?? noAddress.port),
  };
  for (const variable of egg.variables) {
    environment[variable.env] = valueOf(server, variable) ?? variable.defaultValue;
  }
  return environment;
}

function primaryAllocation(server: Server): Server['allocations'][number] | undefined {
  return server.allocations.find((allocation) => allocation.id === server.primaryAllocationId);
}
