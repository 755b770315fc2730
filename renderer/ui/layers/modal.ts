/** Shows a dialog over everything; when it goes, the focus is where it was before. */
export function modal(dialog: HTMLDialogElement): () => void {
  const { activeElement } = document;
  dialog.showModal();
  return () => {
    dialog.close();
    // A dialog that is taken out of the page gives nothing its focus back.
    if (document.activeElement === document.body && activeElement instanceof HTMLElement)
      activeElement.focus();
  };
}
