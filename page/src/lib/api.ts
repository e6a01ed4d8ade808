/** Talking to the server: one function to ask, one to change something. Every refusal is one sentence. */
import type { Happening, Here, Problem } from './types';

/** A refusal: `status` is HTTP's (0: no answer), the rest what the server says of it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem & { theirs?: Happening | null; now?: unknown },
  ) {
    super([problem.what, problem.where && `(${problem.where})`].filter(Boolean).join(' ') + (problem.todo ? `: ${problem.todo}` : ''));
  }
}

export type Asked = Record<string, string | number | boolean | string[] | null | undefined>;
let csrf = '';

/** What a session's requests must bring; known after `GET /api/session`. */
export function hold(here: Here): Here {
  csrf = here.csrf ?? '';
  return here;
}

/** A path with its query; what is null, undefined, false or empty is left out. */
export function address(path: string, asked: Asked = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== false && each !== '') query.append(name, String(each));
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export async function ask<T>(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<T> {
  const answer = await reached(address(`/api${path}`, asked), signal ? { signal } : {});
  return (await answer.json()) as T;
}

/** The same where the answer is a file. */
export async function fetched(path: string, asked: Asked = {}): Promise<Response> {
  return reached(address(`/api${path}`, asked), {});
}

export async function change<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return (await (await sent(method, path, body)).json()) as T;
}

/** The same where the answer is a file. */
export async function sent(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Response> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { 'X-CSRF-Token': csrf };
  if (!form && body !== undefined) headers['Content-Type'] = 'application/json';
  const payload = form ? body : body === undefined ? null : JSON.stringify(body);
  return reached(`/api${path}`, { method, headers, body: payload });
}

async function reached(url: string, options: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...options });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refused(0, { what: 'the server does not answer', where: null, todo: 'look whether it still runs', code: 'SO-000' });
  }
  if (answer.ok) return answer;
  let problem: Problem;
  try {
    problem = (await answer.json()) as Problem;
  } catch {
    problem = { what: answer.statusText || 'that was refused', where: null, todo: null, code: `HTTP ${answer.status}` };
  }
  throw new Refused(answer.status, problem);
}
