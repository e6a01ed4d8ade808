/** The brief's way: one file has one address, so that views and what is picked stand behind its `#`. */
import { address, type Asked } from '../lib/api';
import type { Way } from '../lib/way';

class HashWay implements Way {
  path = $state('/');
  query = $state.raw(new URLSearchParams());

  constructor() {
    this.read();
  }

  get view(): string {
    return this.path.split('/')[1] ?? '';
  }

  get(name: string): string | null {
    return this.query.get(name);
  }

  all(name: string): string[] {
    return this.query.getAll(name);
  }

  to(path: string, asked: Asked = {}): string {
    return `#${address(path, asked)}`;
  }

  go(url: string): void {
    location.hash = url.slice(1);
  }

  set(asked: Asked, replace = true): void {
    const kept: Asked = {};
    for (const name of new Set(this.query.keys())) kept[name] = this.query.getAll(name);
    const url = this.to(this.path, { ...kept, ...asked });
    if (replace) location.replace(url);
    else this.go(url);
  }

  /** Whether the address names a view; one that names an element (the skip link's) leaves the view as it is. */
  read(): boolean {
    const hash = location.hash.slice(1);
    if (hash && !hash.startsWith('/')) return false;
    const [path, query] = hash.split('?');
    const other = this.path !== (path || '/');
    this.path = path || '/';
    this.query = new URLSearchParams(query ?? '');
    return other;
  }
}

export const way = new HashWay();
