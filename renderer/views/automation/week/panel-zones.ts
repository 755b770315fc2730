/** The time zone of each panel's clock, found from the schedules of all of its servers. */
import { panelZone, type PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import type { FleetSchedule } from '../../../../bridge/schema/fleet-schedules.js';

/** More schedules than this give no further proof. */
const mostEvidence = 20;

/** Remembers each answer, because finding a zone compares hundreds of zones. */
export class PanelZones {
  readonly #known = new Map<string, { readonly evidence: string; readonly zone: PanelZone }>();

  /** `own` = zone of this computer (IANA name). */
  constructor(private readonly own: string) {}

  /** `panel` = address of the panel. `isUtc` = true for panels that always use UTC. */
  of(panel: string, schedules: readonly FleetSchedule[], isUtc: boolean): PanelZone {
    const told = schedules.filter(({ nextRunAt }) => nextRunAt !== null).slice(0, mostEvidence);
    const evidence = JSON.stringify([
      isUtc,
      told.map(({ cron, nextRunAt, offsetMinutes }) => [cron, nextRunAt, offsetMinutes]),
    ]);
    const known = this.#known.get(panel);
    if (known?.evidence === evidence) return known.zone;
    const zone = panelZone(told, { own: this.own, isUtc });
    this.#known.set(panel, { evidence, zone });
    return zone;
  }
}

/** The schedules of all servers of each panel. `panelOf` = address of the panel of a server. */
export function byPanel(
  known: ReadonlyMap<string, readonly FleetSchedule[]>,
  panelOf: (serverId: string) => string,
): ReadonlyMap<string, readonly FleetSchedule[]> {
  const found = new Map<string, FleetSchedule[]>();
  for (const [serverId, own] of known) {
    const panel = panelOf(serverId);
    const others = found.get(panel);
    if (others === undefined) found.set(panel, [...own]);
    else others.push(...own);
  }
  return found;
}
