/**
 * Forms of blueprints in this window. A form keeps the choices until its rules are saved, so closing the dialog loses
 * nothing.
 */
import type { BlueprintId } from '../../../bridge/rules/blueprints/blueprint.js';
import { blueprints } from '../../../bridge/rules/blueprints/blueprints.js';
import type { PerchClient } from '../../api.js';
import { BlueprintForm } from './blueprint-form.svelte.js';

export class BlueprintForms {
  readonly #forms = new Map<BlueprintId, BlueprintForm>();

  constructor(private readonly client: PerchClient) {}

  of(id: BlueprintId): BlueprintForm | null {
    const blueprint = blueprints.find((one) => one.id === id);
    if (blueprint === undefined) return null;
    const form = this.#forms.get(id) ?? new BlueprintForm(this.client, blueprint);
    this.#forms.set(id, form);
    return form;
  }

  /** Its rules were saved or moved to the editor. */
  done(id: BlueprintId): void {
    this.#forms.delete(id);
  }
}
