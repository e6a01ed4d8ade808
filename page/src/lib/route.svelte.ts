/** Addresses: every view has one, and keeps what it shows in it, so that it can be shared and gone back to. */
import { address, type Asked } from './api';

export const AXES = ['as_of', 'known_by', 'recorded_by'] as const;

class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  hash = $state(location.hash.slice(1));

  /** The first part of the path: which view. */
  get view(): string {
    return this.path.split('/')[1] ?? '';
  }

  /** A value of the query, or null. */
  get(name: string): string | null {
    return this.query.get(name);
  }

  all(name: string): string[] {
    return this.query.getAll(name);
  }

  /** The axes of time that are looked along: every request and every link carries them. */
  get axes(): Asked {
    return Object.fromEntries(AXES.map((name) => [name, this.query.get(name)]));
  }

  get along(): boolean {
    return AXES.some((name) => this.query.get(name));
  }

  /** The address of a view, along the same axes. */
  to(path: string, asked: Asked = {}): string {
    return address(path, { ...this.axes, ...asked });
  }

  go(url: string, replace = false): void {
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    this.read();
    if (!replace) {
      window.scrollTo(0, 0);
      document.getElementById('content')?.focus({ preventScroll: true });
    }
  }

  /** Change values of the query where one is; null takes one out. */
  set(asked: Asked, replace = true): void {
    const kept: Asked = {};
    for (const name of new Set(this.query.keys())) kept[name] = this.query.getAll(name);
    this.go(address(this.path, { ...kept, ...asked }), replace);
  }

  read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.hash = location.hash.slice(1);
  }
}

export const route = new Route();

/** Follow plain clicks on our own links without loading the page again. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute('download')) return;
  if (link.origin !== location.origin || link.pathname.startsWith('/api/') || link.getAttribute('href')?.startsWith('#')) return;
  event.preventDefault();
  route.go(link.pathname + link.search + link.hash);
}
