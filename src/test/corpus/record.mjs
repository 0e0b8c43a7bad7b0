#!/usr/bin/env node
// Records the tools/list answers of the MCP servers named in servers.json, one {name}.json each.
// Usage: node src/test/corpus/record.mjs [name...]        (all servers without a name)
// Plain Node 20, no dependencies. Exit code 1 if a server could not be recorded.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROTOCOL_VERSION = '2025-11-25';
const SERVER_LIMIT_MS = 60_000;
const INSTALL_LIMIT_MS = 300_000;

const running = new Set(); // children, each the leader of its own process group
const folders = new Set();

function start(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  return child;
}

/** Ends a child with everything that it started. */
function end(child) {
  running.delete(child);
  try { process.kill(-child.pid, 'SIGKILL'); } catch { /* already gone */ }
}

function remove(folder) {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

process.on('exit', () => {
  for (const child of [...running]) end(child);
  for (const folder of [...folders]) remove(folder);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

function lastLine(text) {
  return text.split('\n').map(line => line.trim()).filter(Boolean).pop() ?? '';
}

function install(server, prefix) {
  return new Promise((resolve, reject) => {
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', prefix];
    if (!server.installScripts) args.push('--ignore-scripts');
    args.push(`${server.package}@${server.version}`);
    // A bundled browser is never needed to list tools.
    const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    const npm = start('npm', args, { cwd: prefix, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    npm.stderr.on('data', chunk => { stderr += chunk; });
    const timer = setTimeout(() => end(npm), INSTALL_LIMIT_MS);
    npm.on('error', error => { clearTimeout(timer); reject(error); });
    npm.on('close', code => {
      clearTimeout(timer);
      end(npm);
      if (code === 0) resolve();
      else reject(new Error(`npm install ended with ${code ?? 'a signal'}: ${lastLine(stderr)}`));
    });
  });
}

function binOf(server, prefix) {
  const root = join(prefix, 'node_modules', server.package);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (manifest.version !== server.version) throw new Error(`installed ${manifest.version}, wanted ${server.version}`);
  const bin = typeof manifest.bin === 'string' ? { [server.package]: manifest.bin } : manifest.bin ?? {};
  const name = server.bin ?? (server.package.split('/').pop() in bin ? server.package.split('/').pop() : Object.keys(bin)[0]);
  if (!bin[name]) throw new Error('the package has no bin');
  return join(root, bin[name]);
}

/** Starts the server, asks for its tools page by page, and ends it. */
function ask(server, bin, home) {
  return new Promise((resolve, reject) => {
    const fill = text => text.replaceAll('{home}', home);
    const env = { PATH: process.env.PATH, HOME: home };
    for (const [key, value] of Object.entries(server.env ?? {})) env[key] = fill(value);
    const child = start(process.execPath, [bin, ...(server.args ?? []).map(fill)],
      { cwd: home, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const waiting = new Map();
    let stderr = '';
    let nextId = 1;
    let over = false;

    const finish = (error, value) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      end(child);
      if (!error) return resolve(value);
      reject(new Error([error.message, lastLine(stderr)].filter(Boolean).join(' | ')));
    };
    const timer = setTimeout(() => finish(new Error(`no answer within ${SERVER_LIMIT_MS / 1000} s`)), SERVER_LIMIT_MS);
    const send = message => child.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
    const request = (method, params) => new Promise((ok, no) => {
      const id = nextId++;
      waiting.set(id, { ok, no });
      send({ id, method, params });
    });

    child.stdin.on('error', () => { /* the exit is reported below */ });
    child.stderr.on('data', chunk => { stderr = (stderr + chunk).slice(-20_000); });
    child.on('error', error => finish(error));
    child.on('close', (code, signal) => finish(new Error(`ended with ${signal ?? code} before it had answered`)));
    createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', line => {
      let message;
      try { message = JSON.parse(line); } catch { return; } // a log line on stdout
      if (message === null || typeof message !== 'object') return;
      if (message.method !== undefined) {
        if (message.id === undefined) return; // a notification
        if (message.method === 'ping') send({ id: message.id, result: {} });
        else send({ id: message.id, error: { code: -32601, message: 'Method not found' } });
        return;
      }
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) entry?.no(new Error(`${message.error.code} ${message.error.message}`));
      else entry?.ok(message.result);
    });

    (async () => {
      const hello = await request('initialize', {
        protocolVersion: PROTOCOL_VERSION,
        capabilities: {},
        clientInfo: { name: 'toolgate-corpus', version: '1' },
      });
      send({ method: 'notifications/initialized' });
      const tools = [];
      const seen = new Set();
      let pages = 0;
      let cursor;
      do {
        pages++;
        const page = await request('tools/list', cursor === undefined ? {} : { cursor });
        tools.push(...page.tools);
        cursor = page.nextCursor;
        if (cursor !== undefined && seen.has(cursor)) throw new Error('nextCursor repeats');
        seen.add(cursor);
      } while (cursor !== undefined && cursor !== null);
      return { hello, tools, pages };
    })().then(value => finish(null, value), finish);
  });
}

/** One member per line, one tool per line: small, and a diff shows which tool changed. */
function render(server, { hello, tools }) {
  const head = {
    package: server.package,
    version: server.version,
    protocolVersion: hello.protocolVersion,
    serverInfo: hello.serverInfo,
    ...(hello.instructions === undefined ? {} : { instructions: hello.instructions }),
  };
  const members = Object.entries(head).map(([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  members.push(tools.length === 0 ? ' "tools": []' : ` "tools": [\n${tools.map(tool => `  ${JSON.stringify(tool)}`).join(',\n')}\n ]`);
  return `{\n${members.join(',\n')}\n}\n`;
}

async function record(server) {
  const work = mkdtempSync(join(tmpdir(), 'corpus-'));
  folders.add(work);
  try {
    const prefix = join(work, 'install');
    const home = join(work, 'home');
    mkdirSync(prefix);
    mkdirSync(home);
    await install(server, prefix);
    const began = performance.now();
    const answer = await ask(server, binOf(server, prefix), home);
    const ms = Math.round(performance.now() - began);
    const text = render(server, answer);
    // A recording that holds a path of this machine would differ from run to run.
    if (text.includes(work)) throw new Error('the answer holds the temporary path');
    const file = join(HERE, `${server.name}.json`);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
    writeFileSync(file, text);
    const change = before === null ? 'new' : before === text ? 'same' : 'changed';
    const pages = answer.pages > 1 ? ` in ${answer.pages} pages` : '';
    console.log(`${server.name} ${server.version}: ${answer.tools.length} tools${pages}, ${ms} ms, ${change}`);
    return true;
  } catch (error) {
    console.log(`${server.name} ${server.version}: FAILED: ${error.message}`);
    return false;
  } finally {
    remove(work);
  }
}

const servers = JSON.parse(readFileSync(join(HERE, 'servers.json'), 'utf8'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !servers.some(server => server.name === name));
if (unknown.length > 0) {
  console.error(`not in servers.json: ${unknown.join(', ')}`);
  process.exit(1);
}
let failed = 0;
for (const server of servers) {
  if (wanted.length === 0 || wanted.includes(server.name)) failed += (await record(server)) ? 0 : 1;
}
process.exit(failed === 0 ? 0 : 1);
