/** Views by the first part of their address; each is loaded when it is first opened. */
import type { Component } from 'svelte';

type View = { default: Component };
export const views: Record<string, () => Promise<View>> = {
  '': () => import('./Overview.svelte'),
  disputes: () => import('./Disputes.svelte'),
  dispute: () => import('./Dispute.svelte'),
  ledger: () => import('./Ledger.svelte'),
  reports: () => import('./Reports.svelte'),
  report: () => import('./Report.svelte'),
  queue: () => import('./Queue.svelte'),
  parties: () => import('./Parties.svelte'),
  party: () => import('./Party.svelte'),
  places: () => import('./Places.svelte'),
  timeline: () => import('./Timeline.svelte'),
  access: () => import('./Told.svelte'),
  harm: () => import('./Told.svelte'),
  agreements: () => import('./Told.svelte'),
  victims: () => import('./Told.svelte'),
  search: () => import('./Search.svelte'),
  history: () => import('./History.svelte'),
  people: () => import('./People.svelte'),
  'sign-in': () => import('./SignIn.svelte'),
  join: () => import('./Join.svelte'),
};

/** Programs to be loaded while the page is idle: the views that people go to, first those that take longest, and the charts. */
export const later: readonly (() => Promise<unknown>)[] = [
  ...['report', 'ledger'].flatMap((name) => views[name] ?? []),
  () => import('@observablehq/plot'),
  ...['', 'dispute', 'disputes', 'timeline', 'harm', 'party', 'parties', 'reports', 'queue', 'places', 'search', 'history'].flatMap((name) => views[name] ?? []),
];
