import * as z from 'zod';
import type { Startup, StartupVariable } from '../../../bridge/schema/startup.js';
import { answered, flag, validItems, line, text, uniqueBy } from './fields.js';

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String).nullish().catch(null);

const rules = z.union([
  // Forks send a list where the panel sends joined rules (PROTOCOL 6.1).
  z.array(z.string()).transform((list) => list.join('|')),
  text(20_000),
]);

/** One startup variable (PROTOCOL 2.10). */
const variable = z
  .looseObject({
    name: line(500).catch(''),
    description: text(20_000).catch(''),
    env_variable: z.string().regex(/^\w{1,200}$/),
    default_value: value,
    server_value: value,
    // A variable that may be read-only is shown as one.
    is_editable: flag.catch(false),
    rules,
  })
  .transform((attributes): StartupVariable => ({
    name: attributes.name === '' ? attributes.env_variable : attributes.name,
    description: attributes.description,
    envVariable: attributes.env_variable,
    defaultValue: attributes.default_value ?? '',
    serverValue: attributes.server_value ?? null,
    isEditable: attributes.is_editable,
    rules: attributes.rules,
  }));

const variableItem = z.looseObject({ attributes: variable }).transform(({ attributes }) => attributes);

type Commands = Pick<Startup, 'command' | 'template'>;
const commands = { startup_command: text(20_000), raw_startup_command: text(20_000) };

/**
 * Schema of the answer to a changed variable. `commands` is null if the panel omits them (PROTOCOL D21).
 * The answer has null for an empty value; later reads have an empty text (PROTOCOL 2.11).
 */
export const changedVariableAnswer = z
  .looseObject({
    attributes: variable,
    // The change is done already, so invalid commands count as missing.
    meta: z.looseObject(commands).nullish().catch(null),
  })
  .transform(({ attributes, meta }): { variable: StartupVariable; commands: Commands | null } => ({
    variable: { ...attributes, serverValue: attributes.serverValue ?? '' },
    commands: meta?.startup_command ? commandsOf(meta.startup_command, meta.raw_startup_command) : null,
  }));
export type ChangedVariable = z.output<typeof changedVariableAnswer>;

const images = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish();

/** Schema of `/startup`. `malformed` counts the variables that were left out. */
export function startupAnswer(currentImage: string | undefined) {
  return (
    z
      .looseObject({
        data: answered,
        meta: z
          .looseObject({
            ...commands,
            docker_images: images.catch(null),
          })
          .nullish()
          .catch(null),
      })
      .transform(({ data, meta }): Startup & { malformed: number } => {
        const variables = uniqueBy(validItems(data, variableItem), ({ envVariable }) => envVariable);
        const { command, template } = commandsOf(
          meta?.startup_command ?? '',
          meta?.raw_startup_command ?? '',
        );
        return {
          variables,
          command,
          template,
          images: imagesOf(meta?.docker_images, currentImage),
          malformed: data.length - variables.length,
        };
      })
      // A list of only invalid variables is an error: an empty list would look as if the egg had none.
      .refine(({ variables, malformed }) => variables.length > 0 || malformed === 0)
  );
}

/**
 * The template is the command with more placeholders; in a tie, the real panel's field names decide (PROTOCOL D11,
 * 2.10).
 */
function commandsOf(first: string, raw: string): Commands {
  const placeholders = (command: string) => command.match(/\{\{[^{}]*\}\}/g)?.length ?? 0;
  return placeholders(first) > placeholders(raw)
    ? { command: raw, template: first }
    : { command: first, template: raw };
}

/** Label -> image on a real panel, image -> label in the reference (PROTOCOL D10), told apart as in PROTOCOL 2.10.3. */
function imagesOf(sent: z.output<typeof images>, currentImage: string | undefined): Startup['images'] {
  if (!sent) return [];
  if (Array.isArray(sent)) {
    return sent.filter((image) => typeof image === 'string').map((image) => ({ label: image, image }));
  }
  const pairs = Object.entries(sent).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return isReversed(pairs, currentImage)
    ? pairs.map(([image, label]) => ({ label, image }))
    : pairs.map(([label, image]) => ({ label, image }));
}

function isReversed(pairs: [string, string][], currentImage: string | undefined): boolean {
  const bare = (image: string) => image.replace(/^~/, '');
  const current = currentImage === undefined ? undefined : bare(currentImage);
  if (current !== undefined) {
    if (pairs.some(([, image]) => bare(image) === current)) return false;
    if (pairs.some(([image]) => bare(image) === current)) return true;
  }
  const imageLike = (side: 0 | 1) => pairs.filter((pair) => /[/:]/.test(pair[side])).length;
  return imageLike(0) > imageLike(1);
}
