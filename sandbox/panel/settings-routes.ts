/** Routes that change a server: name, installation, image and startup variables. */
import type { Server } from '../data/world.js';
import { noSuchVariable, notAText, panelError } from './errors.js';
import { validate } from './gates.js';
import type { Input } from './input.js';
import { list, variableItem } from './items.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from './route.js';
import { renderStart, shownVariables, startTemplate, valueOf } from './startup.js';

export function renameRules({ dialect }: RouteContext, { input }: Call<Server>): Record<string, string> {
  const { name, description } = dialect.rename;
  // A missing description is not validated and stays unchanged.
  return 'description' in input && description !== null ? { name, description } : { name };
}

export function rename(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect } = context;
  const { server, input } = call;
  const name = String(input['name']);
  recordChange(context, call, 'settings.rename', { old: server.name, new: name });
  server.name = name;
  if ('description' in input && dialect.rename.description !== null) {
    setDescription(context, call);
  }
  world.saveServer(server);
  return noContent;
}

/** Exists in some panels only, and the host may disable it (PROTOCOL 8.3.4). */
export function describe(context: RouteContext, call: Call<Server>): Reply {
  if (context.state.descriptionsLocked) return { status: 403, body: '[]' };
  setDescription(context, call);
  context.world.saveServer(call.server);
  return noContent;
}

function setDescription(context: RouteContext, call: Call<Server>): void {
  const { server, input } = call;
  const description = descriptionIn(input);
  recordChange(context, call, 'settings.description', { old: server.description, new: description });
  server.description = description;
}

/** Notes a change in the activity; a value that stays is no change. */
function recordChange(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  event: string,
  properties: Record<string, unknown> & { old: unknown; new: unknown },
): void {
  if (properties.old === properties.new) return;
  activity.record(server.uuid, { event: `server:${event}`, userUuid: user.uuid, properties });
}

function descriptionIn(input: Input): string {
  return typeof input['description'] === 'string' ? cutToColumn(input['description']) : '';
}

/** The column holds 65,535 bytes and silently drops the rest (PROTOCOL 2.7.1). */
function cutToColumn(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 65_535) return text;
  return bytes
    .subarray(0, 65_535)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
}

export async function reinstall(
  { world, gateway, dialect, activity }: RouteContext,
  { server, user }: Call<Server>,
): Promise<Reply> {
  const before = server.status;
  server.status = 'installing';
  try {
    await gateway.reinstall(server);
  } catch (error) {
    server.status = before;
    throw error;
  } finally {
    world.saveServer(server);
  }
  activity.record(server.uuid, { event: 'server:reinstall', userUuid: user.uuid, properties: {} });
  return { status: 202, body: dialect.reinstallBody };
}

export function imageRules(
  { world, dialect }: RouteContext,
  { server }: Call<Server>,
): Record<string, readonly string[]> {
  const images = Object.values(world.eggOf(server).dockerImages);
  const quoted = images.map((image) => `"${image.replaceAll('"', '""')}"`).join(',');
  return { docker_image: [...dialect.imageRules, `in:${quoted}`] };
}

export function chooseImage(context: RouteContext, call: Call<Server>): Reply {
  const { world } = context;
  const { server, input } = call;
  if (!Object.values(world.eggOf(server).dockerImages).includes(server.image)) {
    throw panelError(
      400,
      'BadRequestHttpException',
      "This server's Docker image has been manually set by an administrator and cannot be updated.",
    );
  }
  const image = String(input['docker_image']);
  recordChange(context, call, 'startup.image', { old: server.image, new: image });
  server.image = image;
  world.saveServer(server);
  return noContent;
}

export function viewStartup({ world, dialect }: RouteContext, { server }: Call<Server>): Reply {
  const egg = world.eggOf(server);
  const commands = dialect.startCommands(renderStart(server, egg, false), startTemplate(server, egg));
  return ok({
    ...list(shownVariables(egg, dialect.sortsVariables).map((each) => variableItem(server, each))),
    meta: {
      startup_command: commands.startup_command,
      docker_images: dialect.dockerImages(egg.dockerImages),
      raw_startup_command: commands.raw_startup_command,
    },
  });
}

export function changeVariable(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect } = context;
  const { server, input } = call;
  const egg = world.eggOf(server);
  const named = (name: string): string => (dialect.comparesKeysExactly ? name : name.toLowerCase());
  const key = named(String(input['key']));
  const variable = egg.variables.find((each) => named(each.env) === key);
  if (!variable) throw dialect.unknownVariable();
  if (!variable.viewable) throw noSuchVariable();
  if (!variable.editable) throw dialect.readOnlyVariable();
  validate(input, { value: dialect.rulesToJudge(variable.rules) }, dialect);
  const value = input['value'] ?? null;
  if (value !== null && typeof value !== 'string' && !(dialect.storesAnyScalar && isScalar(value))) {
    throw notAText(dialect.modelNamespace);
  }
  const stored = asStored(value);
  const change = { variable: variable.env, old: valueOf(server, variable), new: stored };
  recordChange(context, call, 'startup.edit', change);
  server.values[variable.env] = stored;
  world.saveServer(server);
  const item = variableItem(server, variable, value);
  const commands = dialect.startCommands(renderStart(server, egg, false), startTemplate(server, egg));
  return ok(dialect.variableHasCommands ? { ...item, meta: commands } : item);
}

function isScalar(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** PHP's conversion to a string. */
function asStored(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '';
  return value === null ? '' : String(value);
}
