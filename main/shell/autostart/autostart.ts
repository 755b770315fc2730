import { ownImage } from '../../base/app-image.js';

/** Whether the session starts Perch. The system's own word counts: a person may have changed it there. */
export interface Autostart {
  isOn(): Promise<boolean>;
  /** Rejects with `PerchError` where the system does not do it. */
  set(on: boolean): Promise<void>;
  /** Where the system starts a Perch that lies elsewhere by now, it is told of this one. Never rejects. */
  renew(): Promise<void>;
}

export interface OwnProgram {
  readonly isPackaged: boolean;
  readonly execPath: string;
  readonly appPath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly argv: readonly string[];
}

/** The words that start this Perch: a package's own file, which is not the one that runs where that is unpacked first. */
export function ownCommand({ isPackaged, execPath, appPath, env, argv }: OwnProgram): readonly string[] {
  if (!isPackaged) return [execPath, ...argv.filter((word) => word === '--no-sandbox'), appPath];
  return [ownImage({ env, execPath }) ?? env['PORTABLE_EXECUTABLE_FILE'] ?? execPath];
}
