/** Tells the styles how tall the header is, as `--head`: what stays in sight below it must know, and on a narrow screen its links take
 * two rows. */
export function head(header: HTMLElement): { destroy: () => void } {
  const seen = new ResizeObserver(() => document.documentElement.style.setProperty('--head', `${header.offsetHeight}px`));
  seen.observe(header);
  return { destroy: () => seen.disconnect() };
}
