/** Attachment that opens a modal dialog; its removal returns the focus. */
export function modal(dialog: HTMLDialogElement): () => void {
  const { activeElement } = document;
  dialog.showModal();
  return () => {
    dialog.close();
    // A dialog that is removed from the document restores no focus.
    if (document.activeElement === document.body && activeElement instanceof HTMLElement)
      activeElement.focus();
  };
}
