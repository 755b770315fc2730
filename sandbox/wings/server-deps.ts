import type { PanelLink, WingsDialect } from './api.js';
import type { GameHost } from './game-host.js';
import type { WingsTuning } from './tuning.js';

/** Parts that all servers of a node share. */
export interface ServerDeps {
  panel: PanelLink;
  host: GameHost;
  dialect: WingsDialect;
  tuning: WingsTuning;
  now: () => number;
  log: (line: string) => void;
}
