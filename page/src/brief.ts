import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './brief/App.svelte';
import type { Payload } from './brief/told';
import { unpacked } from './brief/unpack';
import { t } from './lib/words';

async function show(target: HTMLElement, packed: string): Promise<void> {
  if (typeof DecompressionStream === 'undefined') {
    target.textContent = t('brief.too_old');
    return;
  }
  target.textContent = t('app.loading');
  const payload = (await unpacked(packed)) as Payload;
  target.textContent = '';
  mount(App, { target, props: { payload } });
}

const target = document.getElementById('brief');
const payload = document.getElementById('payload');
if (target && payload) void show(target, payload.textContent ?? '');
