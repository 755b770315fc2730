import type { ServerSpec } from './api.js';
import type { GameHost } from './game-host.js';

/** An install script that runs. */
export interface Installation {
  /** Its end, however it came; the exit code is not looked at (PROTOCOL 2.8). */
  readonly ended: Promise<void>;
  cancel(): void;
}

/** Runs the install script of a server in a process of its own; throws where no process could be made. */
export function runInstallation(
  host: GameHost,
  folder: string,
  spec: ServerSpec,
  onLine: (line: string) => void,
): Installation {
  const process = host.spawn(folder, {
    mode: 'install',
    game: spec.game,
    name: spec.name,
    invocation: '',
    environment: spec.environment,
  });
  let rest = '';
  process.onOutput((bytes) => {
    const lines = (rest + bytes.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  return {
    ended: new Promise((resolve) => process.onExit(() => resolve())),
    cancel: () => process.kill('SIGKILL'),
  };
}
