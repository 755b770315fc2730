import { WINGS_112 } from '../../wings/limits.js';
import type { PanelDialect } from '../dialect.js';
import { noSuchVariable } from '../errors.js';
import { findByAnyName } from '../identifiers.js';
import { panel111 } from './panel-1.11.js';

/** Pterodactyl Panel from 1.12 on, as of 14 February 2026. */
export const panel112: PanelDialect = {
  ...panel111,
  name: 'panel-1.12',
  clientPerMinute: 256,
  websocketPerMinute: 5,
  restorationsPerQuarter: 3,
  subusersPerQuarter: 10,
  schedules: { ...panel111.schedules, perMinute: 2 },
  databases: { ...panel111.databases, perMinute: 2 },
  allocations: { ...panel111.allocations, perMinute: 2 },
  pulls: { limit: 10, minutes: 5, perServer: true },
  findServer: findByAnyName,
  unknownVariable: noSuchVariable,
  imageRules: ['required', 'string', 'max:191', 'regex:/^[\\w#\\.\\/\\- ]*\\|?~?[\\w\\.\\/\\-:@ ]*$/'],
  longIdentifiers: true,
  wings: WINGS_112,
};
