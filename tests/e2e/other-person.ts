import type { SandboxProcess } from '../support/sandbox-process.js';

/** Sends a command to the server's console without Perch, as the panel's administrator. Returns the panel's status. */
export async function typeElsewhere(sandbox: SandboxProcess, name: string, command: string): Promise<number> {
  const identifier = sandbox.servers.find((server) => server.name === name)?.identifier ?? '';
  const { status } = await fetch(`${sandbox.panel}/api/client/servers/${identifier}/command`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${sandbox.keys.admin}`,
    },
    body: JSON.stringify({ command }),
  });
  return status;
}
