/** One setting: its schema, its default, and its treatment in an import. Without zod, for windows. */
import { sentence, type PlainId, type Sentence } from '../../messages/messages.js';
import type { AnySchema, SettingParts, Valid } from '../schema/setting-parts.js';

/** The name and the words of a value that an import replaces. */
interface Replaced<T> {
  readonly name: PlainId;
  readonly words: (value: T) => Sentence;
}

/**
 * An import adds entries to a `list`, replaces a value, and leaves a setting alone that belongs to this computer
 * (`own`).
 */
export type Imports<T> = 'list' | 'own' | Replaced<T>;

interface Setting<S extends AnySchema> {
  readonly schema: (parts: SettingParts) => S;
  readonly default: Valid<S>;
  readonly imports: Imports<Valid<S>>;
}

export function setting<S extends AnySchema>(
  schema: (parts: SettingParts) => S,
  usual: NoInfer<Valid<S>>,
  imports: NoInfer<Imports<Valid<S>>>,
): Setting<S> {
  return { schema, default: usual, imports };
}

export const onOff = (isOn: boolean): Sentence => sentence(isOn ? 'exports.on' : 'exports.off');

export function toggle(usual: boolean, name: PlainId): Setting<ReturnType<SettingParts['z']['boolean']>> {
  return setting(({ z }) => z.boolean(), usual, { name, words: onOff });
}
