import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './brief/App.svelte';
import type { Payload } from './brief/told';

const target = document.getElementById('brief');
const payload = document.getElementById('payload');
if (target && payload) mount(App, { target, props: { payload: JSON.parse(payload.textContent ?? '') as Payload } });
