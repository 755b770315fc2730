import { ownImage } from '../../base/app-image.js';

/** Start of Perch at login. The state comes from the system, because the user may change it there. */
export interface Autostart {
  isOn(): Promise<boolean>;
  /** Rejects with `PerchError` if the system refuses. */
  set(on: boolean): Promise<void>;
  /** Updates an existing entry if Perch has moved to another path. Never rejects. */
  renew(): Promise<void>;
}

export interface OwnProgram {
  readonly isPackaged: boolean;
  readonly execPath: string;
  readonly appPath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly argv: readonly string[];
}

/**
 * The command that starts this Perch.
 *
 * An AppImage or a portable program unpacks itself first, so the command uses the package's own file instead of the
 * running one.
 */
export function ownCommand({ isPackaged, execPath, appPath, env, argv }: OwnProgram): readonly string[] {
  if (!isPackaged) return [execPath, ...argv.filter((word) => word === '--no-sandbox'), appPath];
  return [ownImage({ env, execPath }) ?? env['PORTABLE_EXECUTABLE_FILE'] ?? execPath];
}
