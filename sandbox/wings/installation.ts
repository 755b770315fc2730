import type { PanelLink, ServerSpec } from './api.js';
import { DAEMON_TEXT } from './daemon-lines.js';
import type { Outbound } from './frames.js';
import type { GameHost } from './game-host.js';
import { pause } from './pause.js';

/** A running install script. */
interface Installation {
  /** Resolves at the end of the script; its exit code is ignored (PROTOCOL 2.8). */
  readonly ended: Promise<void>;
  cancel(): void;
}

/** Runs the install script of a server in its own process. Throws if the process can't be started. */
function runInstallation(
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

export interface InstallerDeps {
  uuid: string;
  folder: string;
  panel: PanelLink;
  host: GameHost;
  /** Time to make the container of the script. */
  createMs: number;
  log: (line: string) => void;
  tell: (message: Outbound) => void;
  measureDisk: () => Promise<number>;
}

/** Installs one server: runs the script, sends its output, and reports the end to the panel (PROTOCOL 2.8). */
export class Installer {
  #installation: Installation | null = null;
  #isRunning = false;
  #isOver = false;

  constructor(private readonly deps: InstallerDeps) {}

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** No-op during an installation. */
  async run(): Promise<void> {
    const { uuid, panel, createMs, tell, measureDisk } = this.deps;
    if (this.#isOver || this.#isRunning) return;
    this.#isRunning = true;
    tell({ event: 'install started', args: [''] });
    await pause(createMs);
    const spec = panel.spec(uuid);
    const succeeded = spec !== null && !this.#isOver && (await this.#runScript(spec));
    this.#isRunning = false;
    // A node that goes down forgets the installation without a report to the panel.
    if (this.#isOver) return;
    await measureDisk();
    panel.installationFinished(uuid, succeeded);
    tell({ event: 'install completed', args: [''] });
  }

  /** Ends the script without a report. */
  async dispose(): Promise<void> {
    this.#isOver = true;
    this.#installation?.cancel();
    await this.#installation?.ended;
  }

  async #runScript(spec: ServerSpec): Promise<boolean> {
    const { folder, host, log, tell } = this.deps;
    tell({ event: 'daemon message', args: [DAEMON_TEXT.installing] });
    try {
      this.#installation = runInstallation(host, folder, spec, (line) =>
        tell({ event: 'install output', args: [line] }),
      );
      await this.#installation.ended;
      return true;
    } catch (cause) {
      log(`installation failed: ${cause instanceof Error ? cause.message : String(cause)}`);
      return false;
    } finally {
      this.#installation = null;
    }
  }
}
