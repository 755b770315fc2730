import type { PanelDialect } from './dialect.js';
import { panel111 } from './dialects/panel-1.11.js';
import { panel112 } from './dialects/panel-1.12.js';
import { pelican } from './dialects/pelican.js';
import { reference } from './dialects/reference.js';

/** Dialects by their name for `--dialect`. */
export const dialects: Readonly<Record<string, PanelDialect>> = Object.fromEntries(
  [panel111, reference, panel112, pelican].map((dialect) => [dialect.name, dialect]),
);
