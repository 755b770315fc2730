/**
 * The form of a configuration file: each known setting with its value and its place in the text.
 *
 * The text is the only state. Perch reads the form from the text again after each change, and a field changes nothing
 * but the range of its value.
 */
import { sentence, type Sentence } from '../../../../../messages/messages.js';
import type { ConfigFileName } from './config-file.js';
import { arkGame, arkUser } from './files/ark.js';
import { bedrockProperties } from './files/bedrock-properties.js';
import { minecraftEula, minecraftProperties } from './files/minecraft-properties.js';
import { bukkit, paperGlobal, paperWorld, spigot } from './files/minecraft-yaml.js';
import { palworld } from './files/palworld.js';
import { velocity } from './files/velocity.js';
import { iniFormat } from './formats/ini-format.js';
import { palworldFormat } from './formats/palworld-format.js';
import { lineOf, lineStarts } from './formats/line-starts.js';
import type { Format, Place, Places, TextChange } from './formats/place.js';
import { propertiesFormat } from './formats/properties-format.js';
import { rawPropertiesFormat } from './formats/raw-properties-format.js';
import { tomlFormat } from './formats/toml-format.js';
import { yamlFormat } from './formats/yaml-format.js';
import type { Setting, SettingGroup } from './setting.js';
import { complaintAbout, isOn, switchWord, unreadable } from './values.js';

/** Names of files whose form is made of single settings. */
export type SettingsFileName = Exclude<ConfigFileName, 'ops' | 'whitelist'>;

interface SettingsFile {
  readonly format: Format;
  /** A switch as the game writes it. */
  readonly example: 'true' | 'True';
  readonly groups: readonly SettingGroup[];
}

const files: Readonly<Record<SettingsFileName, SettingsFile>> = {
  'ark-game': { format: iniFormat, example: 'True', groups: arkGame },
  'ark-user': { format: iniFormat, example: 'True', groups: arkUser },
  'bedrock-properties': { format: rawPropertiesFormat, example: 'true', groups: bedrockProperties },
  bukkit: { format: yamlFormat, example: 'true', groups: bukkit },
  eula: { format: propertiesFormat, example: 'true', groups: minecraftEula },
  palworld: { format: palworldFormat, example: 'True', groups: palworld },
  'paper-global': { format: yamlFormat, example: 'true', groups: paperGlobal },
  'paper-world': { format: yamlFormat, example: 'true', groups: paperWorld },
  'pocketmine-properties': { format: rawPropertiesFormat, example: 'true', groups: minecraftProperties },
  'server-properties': { format: propertiesFormat, example: 'true', groups: minecraftProperties },
  spigot: { format: yamlFormat, example: 'true', groups: spigot },
  velocity: { format: tomlFormat, example: 'true', groups: velocity },
};

export interface FormField {
  readonly setting: Setting;
  /** null = the text lacks the setting, or has a value that the field can't show. */
  readonly value: string | null;
  /** Range of the value in the text; null if the text lacks the setting. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** Line of the value, from 1; null if the text lacks the setting. */
  readonly line: number | null;
  /** Why the field can't change the text. */
  readonly blocked: Sentence | null;
  /** Mistake of a value that can still be changed. */
  readonly complaint: Sentence | null;
}

interface FormGroup {
  readonly title: SettingGroup['title'];
  readonly fields: readonly FormField[];
}

/** The form of a text. */
export interface ConfigForm {
  /** The fields by group; empty if the text as a whole can't be read. */
  readonly groups: readonly FormGroup[];
  /** The change that writes a value; a sentence if the value can't be written. */
  edited(field: FormField, value: string): TextChange | Sentence;
}

/** Reads the form of a text; null if the text as a whole can't be read. */
export function formOf(name: SettingsFileName, text: string): ConfigForm | null {
  const { format, groups, example } = files[name];
  const places = format(text);
  if (places === null) return null;
  const starts = lineStarts(text);
  const lineAt = (offset: number): number => lineOf(starts, offset);
  return {
    groups: groups.map(({ title, settings }) => ({
      title,
      fields: settings.flatMap((setting) => fieldOf(setting, places, lineAt)),
    })),
    edited: ({ setting }, value) => edited(setting, value, { places, example }),
  };
}

function fieldOf(setting: Setting, places: Places, lineAt: (offset: number) => number): FormField[] {
  const found = places.at(setting.key);
  const [place, second] = found;
  if (place === undefined) {
    const absent = { setting, value: null, range: null, line: null, blocked: null, complaint: null };
    return places.add(setting.key, '0', setting.kind === 'text') === null ? [] : [absent];
  }
  const line = lineAt(place.from);
  const range = { from: place.from, to: place.to };
  const value = shown(setting, place);
  const isRepeated = second !== undefined;
  const blocked = isRepeated
    ? sentence('config-forms.repeated', { lines: found.map(({ from }) => lineAt(from)).join(', ') })
    : value === null || unreadable(setting, value)
      ? sentence('config-forms.unreadable', { line: String(line) })
      : null;
  const complaint = blocked === null && value !== null ? complaintAbout(setting, value) : null;
  return [{ setting, value, range, line, blocked, complaint }];
}

/** Numbers, switches and choices without the spaces around them; a choice in the spelling of the form. */
function shown(setting: Setting, { value }: Place): string | null {
  if (setting.kind === 'text' || value === null) return value;
  const word = value.trim();
  if (setting.kind !== 'choice' || setting.ignoresCase !== true) return word;
  return setting.choices.find((choice) => choice.value === word.toLowerCase())?.value ?? word;
}

function edited(
  setting: Setting,
  value: string,
  { places, example }: { places: Places; example: string },
): TextChange | Sentence {
  const wrong = complaintAbout(setting, value);
  if (wrong !== null) return wrong;
  const [place] = places.at(setting.key);
  const before = place?.value ?? example;
  const word = setting.kind === 'switch' ? switchWord(isOn(value), before) : value;
  const isText = setting.kind === 'text';
  if (place === undefined)
    return places.add(setting.key, word, isText) ?? sentence('config-forms.unwritable');
  const insert = place.write(isText ? word : spaced(before, word), isText);
  return insert === null ? sentence('config-forms.unwritable') : { from: place.from, to: place.to, insert };
}

/** The word with the spaces that stand around the word before. */
function spaced(before: string, word: string): string {
  const start = before.slice(0, before.length - before.trimStart().length);
  return start === before ? word : `${start}${word}${before.slice(before.trimEnd().length)}`;
}
