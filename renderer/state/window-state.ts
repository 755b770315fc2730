/** Creates the state of one window over one client. */
import type { PerchClient } from '../api.js';
import { BroadcastForm } from './forms/broadcast-form.svelte.js';
import { CommandHistories } from './forms/command-history.svelte.js';
import { ConnectForm } from './connect/connect-form.svelte.js';
import { EventsFeed } from './events/events-feed.svelte.js';
import { FailureReporter } from './failure-reporter.js';
import { FleetFeed } from './fleet/fleet-feed.svelte.js';
import { LatestFeed } from './feeds/latest-feed.svelte.js';
import { Navigation } from './navigation.svelte.js';
import { Now } from './feeds/now.svelte.js';
import { DialogDrafts } from './forms/dialog-drafts.svelte.js';
import { PowerControl } from './fleet/power-control.svelte.js';
import { ReplaceKeyForm } from './connect/replace-key-form.svelte.js';
import { BlueprintForms } from './rules/blueprint-forms.js';
import { RuleDrafts } from './rules/rule-drafts.svelte.js';
import { ServerFinder } from './fleet/server-finder.svelte.js';
import { ServerForms } from './forms/server-forms.js';
import { ServerLayout } from './server-layout.svelte.js';
import { ShareRequest } from './sharing/share-request.svelte.js';
import { SftpSetup } from './sftp/sftp-setup.svelte.js';
import { ShownServers } from './fleet/shown-servers.js';
import { PanelsWithNotice } from './fleet/panels-with-notice.svelte.js';
import { QuietFeed } from './backups/quiet-feed.svelte.js';
import { WarnedRestartsFeed } from './fleet/warned-restarts.svelte.js';
import { WarnForm } from './forms/warn-form.svelte.js';
import { MemoryFeed } from './feeds/memory-feed.svelte.js';
import { SettingsFeed } from './feeds/settings-feed.svelte.js';

export function createWindowState(client: PerchClient) {
  const settings = new SettingsFeed(client);
  const fleet = new FleetFeed(client);
  const navigation = new Navigation(client);
  const now = new Now(client);
  return {
    client,
    settings,
    memory: new MemoryFeed(client, settings),
    fleet,
    events: new EventsFeed(client),
    finder: new ServerFinder(fleet, settings),
    navigation,
    failures: new FailureReporter(client, () => navigation.view.kind),
    power: new PowerControl(client, settings, now, (accountId) => fleet.account(accountId)),
    now,
    closed: new LatestFeed(client, 'closed', false),
    histories: new CommandHistories(),
    connectForm: new ConnectForm(client, () => fleet.accounts.map((account) => account.id)),
    keyForm: new ReplaceKeyForm(client),
    warned: new WarnedRestartsFeed(client),
    quiet: new QuietFeed(client),
    warnForm: new WarnForm(client, settings),
    broadcastForm: new BroadcastForm(client, settings),
    dialogDrafts: new DialogDrafts(),
    ruleDrafts: new RuleDrafts(client),
    blueprintForms: new BlueprintForms(client),
    /** null = main has not sent the rules. */
    rules: new LatestFeed<'rules', null>(client, 'rules', null),
    serverLayout: new ServerLayout(),
    sharing: new ShareRequest(),
    sftp: new SftpSetup(client),
    shown: new ShownServers(client),
    panelsWithNotice: new PanelsWithNotice(),
    forms: new ServerForms(client, fleet, now),
  };
}
