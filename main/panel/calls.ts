/** Every request that Perch sends to a panel, once: where it goes, what sentences about it need, what comes back. */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { powerPermission } from '../../bridge/panel/permissions.js';
import { sentence } from '../../messages/messages.js';
import { ofServer, read, write, type PanelCall } from './call.js';
import { activityAnswer } from './wire/activity.js';
import { accountAnswer, permissionsAnswer, ticketAnswer } from './wire/account.js';
import { listAnswer } from './wire/list.js';
import { resourcesAnswer } from './wire/resources.js';
import { serverItem } from './wire/server.js';
import { changedVariableAnswer, startupAnswer } from './wire/startup.js';

const newestPower =
  'filter%5Bevent%5D=server%3Apower%2Cserver%3Aschedule.execute%2Cserver%3Abackup.delete&sort=-timestamp&per_page=25&include=actor';

/** `PanelApi` has a method for each of these, of the same name and with the same arguments. */
export const calls = {
  permissions: () => read('/permissions', sentence('panel.what.permissions'), permissionsAnswer),

  server: (identifier: string) =>
    read(ofServer(identifier), sentence('panel.what.server'), serverItem, { subject: 'server' }),

  /** The newest power actions and schedules run by hand, and whose they were. */
  activity: (identifier: string) =>
    read(ofServer(identifier, `/activity?${newestPower}`), sentence('panel.what.activity'), activityAnswer, {
      subject: 'server',
      permission: 'activity.read',
    }),

  socketTicket: (identifier: string) =>
    read(ofServer(identifier, '/websocket'), sentence('panel.what.console'), ticketAnswer, {
      subject: 'server',
      permission: 'websocket.connect',
      budget: `websocket ${identifier}`,
    }),

  power: (identifier: string, signal: PowerSignal) =>
    write(
      'POST',
      ofServer(identifier, '/power'),
      { signal },
      sentence(`panel.what.${signal}`),
      powerPermission(signal),
      { usesNode: true, unsure: sentence('panel.maybe-power') },
    ),

  command: (identifier: string, command: string) =>
    write(
      'POST',
      ofServer(identifier, '/command'),
      { command },
      sentence('panel.what.command'),
      'control.console',
      { usesNode: true, unsure: sentence('panel.maybe-command') },
    ),

  /** Without a description the old one stays. */
  rename: (identifier: string, { name, description }: { name: string; description?: string }) =>
    write(
      'POST',
      ofServer(identifier, '/settings/rename'),
      description === undefined ? { name } : { description, name },
      sentence('panel.what.rename'),
      'settings.rename',
    ),

  /** Where `Naming.description` is `apart` (PROTOCOL 8.3.4). */
  describe: (identifier: string, description: string) =>
    write(
      'POST',
      ofServer(identifier, '/settings/description'),
      { description },
      sentence('panel.what.describe'),
      'settings.description',
    ),

  reinstall: (identifier: string) =>
    write(
      'POST',
      ofServer(identifier, '/settings/reinstall'),
      undefined,
      sentence('panel.what.reinstall'),
      'settings.reinstall',
      { usesNode: true, unsure: sentence('panel.maybe-reinstall') },
    ),

  setDockerImage: (identifier: string, image: string) =>
    write(
      'PUT',
      ofServer(identifier, '/settings/docker-image'),
      { docker_image: image },
      sentence('panel.what.docker-image'),
      'startup.docker-image',
    ),

  /** The file is made, or becomes this text; what it is written below is the server's own folder (PROTOCOL 2.15). */
  writeFile: (identifier: string, file: string, text: string) =>
    write(
      'POST',
      ofServer(identifier, `/files/write?file=${encodeURIComponent(file)}`),
      text,
      sentence('panel.what.write-file', { file }),
      'file.create',
      { subject: 'file', usesNode: true },
    ),

  setVariable: (identifier: string, key: string, value: string) =>
    write(
      'PUT',
      ofServer(identifier, '/startup/variable'),
      { key, value },
      sentence('panel.what.variable'),
      'startup.update',
      { answer: changedVariableAnswer },
    ),
};

type Calls = typeof calls;
type Answer<C> = C extends PanelCall<infer T> ? T : never;
export type CallMethods = {
  readonly [N in keyof Calls]: (...args: Parameters<Calls[N]>) => Promise<Answer<ReturnType<Calls[N]>>>;
};

// What `PanelApi` has a method of its own for: it does more than send one of these.

export const readAccount = () => read('/account', sentence('panel.what.account'), accountAnswer);

/** Which servers a list holds: the account's own and shared ones, or every one of the panel (PROTOCOL 2.1). */
export type ListType = 'admin-all' | null;

/** The list alone asks for the egg, whose name tells the game; it stays the same for as long as the server is there. */
export const listServers = (
  page: number,
  { type, size = 100, withEgg = true }: { type: ListType; size?: number; withEgg?: boolean },
) =>
  read(
    `?per_page=${size}&page=${page}${type === null ? '' : `&type=${type}`}${withEgg ? '&include=egg' : ''}`,
    sentence('panel.what.servers'),
    listAnswer,
  );

export const readResources = (identifier: string) =>
  read(ofServer(identifier, '/resources'), sentence('panel.what.usage'), resourcesAnswer, {
    subject: 'server',
    usesNode: true,
  });

export const readStartup = (identifier: string, currentImage?: string) =>
  read(ofServer(identifier, '/startup'), sentence('panel.what.startup'), startupAnswer(currentImage), {
    subject: 'server',
    permission: 'startup.read',
  });
