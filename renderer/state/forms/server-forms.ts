/**
 * Forms of all servers that the user looked at.
 * They live as long as the server, so drafts survive a change of view.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { PerchClient } from '../../api.js';
import { BackupForm } from '../backups/backup-form.svelte.js';
import { Restoration } from '../backups/restoration.svelte.js';
import { FilesPlace } from '../files/files-place.svelte.js';
import { NetworkForm } from '../network/network-form.svelte.js';
import type { Now } from '../feeds/now.svelte.js';
import type { FleetFeed } from '../fleet/fleet-feed.svelte.js';
import { forgetOthers, keptById } from './kept-by-id.js';
import { NamingForm } from './naming-form.svelte.js';
import { PermissionCatalogue } from './permission-catalogue.svelte.js';
import { StartupForm } from './startup-form.svelte.js';
import { TextForm } from './text-form.svelte.js';

export class ServerForms {
  readonly #startup = new SvelteMap<string, StartupForm>();
  readonly #naming = new SvelteMap<string, NamingForm>();
  readonly #backups = new SvelteMap<string, BackupForm>();
  readonly #texts = new SvelteMap<string, TextForm>();
  readonly #restorations = new SvelteMap<string, Restoration>();
  readonly #networks = new SvelteMap<string, NetworkForm>();
  readonly #files = new SvelteMap<string, FilesPlace>();
  readonly #catalogues = new Map<string, PermissionCatalogue>();

  constructor(
    private readonly client: PerchClient,
    private readonly fleet: Pick<FleetFeed, 'server'>,
    private readonly now: Pick<Now, 'read'>,
  ) {}

  /** Ids of servers with unsaved changes. */
  get serversWithDrafts(): string[] {
    const forms = [...this.#startup, ...this.#naming, ...this.#backups, ...this.#networks];
    const texts = [...this.#texts].filter(([, form]) => form.isUnkept);
    return [...new Set([...forms.filter(([, form]) => form.changes > 0), ...texts].map(([id]) => id))];
  }

  startup(serverId: string): StartupForm {
    return keptById(
      this.#startup,
      serverId,
      () => new StartupForm(this.client, serverId, this.#find(serverId)),
    );
  }

  naming(serverId: string): NamingForm {
    return keptById(
      this.#naming,
      serverId,
      () => new NamingForm(this.client, serverId, this.#find(serverId)),
    );
  }

  backup(serverId: string): BackupForm {
    return keptById(this.#backups, serverId, () => new BackupForm(this.client, serverId));
  }

  text(serverId: string): TextForm {
    return keptById(this.#texts, serverId, () => new TextForm(this.client, serverId));
  }

  restoration(serverId: string): Restoration {
    return keptById(
      this.#restorations,
      serverId,
      () => new Restoration(this.client, serverId, () => Date.now()),
    );
  }

  network(serverId: string): NetworkForm {
    return keptById(this.#networks, serverId, () => new NetworkForm(this.client, serverId, this.now));
  }

  files(serverId: string): FilesPlace {
    return keptById(this.#files, serverId, () => new FilesPlace());
  }

  permissions(accountId: string): PermissionCatalogue {
    return keptById(this.#catalogues, accountId, () => new PermissionCatalogue(this.client, accountId));
  }

  /** Drops the forms of removed servers and accounts; values of startup variables may be secrets. */
  keepOnly(servers: readonly { readonly id: string }[], accounts: readonly { readonly id: string }[]): void {
    forgetOthers(this.#startup, servers);
    forgetOthers(this.#naming, servers);
    forgetOthers(this.#backups, servers);
    forgetOthers(this.#texts, servers);
    forgetOthers(this.#restorations, servers);
    forgetOthers(this.#networks, servers);
    forgetOthers(this.#files, servers);
    forgetOthers(this.#catalogues, accounts);
  }

  #find(serverId: string): () => ReturnType<FleetFeed['server']> {
    return () => this.fleet.server(serverId);
  }
}
