/** Files of this computer that are dragged from the desktop over a window. */
import type { CDPSession, Locator, Page } from '@playwright/test';

export class FileDrag {
  private constructor(
    private readonly session: CDPSession,
    private readonly files: string[],
  ) {}

  static async of(page: Page, files: string[]): Promise<FileDrag> {
    return new FileDrag(await page.context().newCDPSession(page), files);
  }

  async over(target: Locator): Promise<void> {
    await this.#send('dragEnter', target);
    await this.#send('dragOver', target);
  }

  async dropOn(target: Locator): Promise<void> {
    await this.over(target);
    await this.#send('drop', target);
  }

  async #send(type: 'dragEnter' | 'dragOver' | 'drop', target: Locator): Promise<void> {
    const box = await target.boundingBox();
    if (box === null) throw new Error('The target of the drag is not shown.');
    await this.session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: this.files, dragOperationsMask: 1 },
    });
  }
}
