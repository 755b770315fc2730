/** Attachment that calls `onseen` when its element is in view. */
export function seen(onseen: () => void): (element: Element) => () => void {
  return (element) => {
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) onseen();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
