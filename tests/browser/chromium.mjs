// A headless Chromium, spoken to over a pipe: no port, no WebSocket, nothing from npm.

import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export const chromiumPath = () => ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync('sh', ['-c', 'command -v ' + name]).status === 0);

export class Chromium {
  static async start(path) {
    const profile = mkdtempSync(join(tmpdir(), 'casewire-chromium-'));
    // --no-sandbox: as root, as in a container, it does not start otherwise; what it opens is ours.
    const child = spawn(path, ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run',
      '--disable-extensions', '--disable-background-networking', '--remote-debugging-pipe', '--user-data-dir=' + profile, 'about:blank'],
    {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    const browser = new Chromium(child, profile);
    const {targetInfos} = await browser.call('Target.getTargets');
    const {targetId} = targetInfos.find((target) => target.type === 'page');
    ({sessionId: browser.session} = await browser.call('Target.attachToTarget', {targetId, flatten: true}));
    for (const domain of ['Page', 'Runtime', 'Log', 'Accessibility']) await browser.call(domain + '.enable');
    return browser;
  }

  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    this.waiting = new Map();
    this.events = [];
    this.trace = [];
    this.complaints = [];  // errors of the page's script, and what its content security policy forbade
    let text = '';
    child.stdio[4].setEncoding('utf8');
    child.stdio[4].on('data', (piece) => {
      text += piece;
      const messages = text.split('\0');
      text = messages.pop();
      messages.forEach((message) => this.take(JSON.parse(message)));
    });
  }

  take(message) {
    const waiting = this.waiting.get(message.id);
    if (waiting) {
      this.waiting.delete(message.id);
      if (message.error) waiting.reject(new Error(message.error.message)); else waiting.resolve(message.result);
      return;
    }
    if (message.method === 'Runtime.exceptionThrown') this.complaints.push(message.params.exceptionDetails.exception?.description || message.params.exceptionDetails.text);
    if (message.method === 'Log.entryAdded' && message.params.entry.level === 'error') this.complaints.push(message.params.entry.text);
    if (message.method === 'Tracing.dataCollected') this.trace.push(...message.params.value);
    this.events.push(message.method);
  }

  call(method, params = {}) {
    const id = ++Chromium.calls;
    const promise = new Promise((resolve, reject) => this.waiting.set(id, {resolve, reject}));
    this.child.stdio[3].write(JSON.stringify({id, method, params, ...(this.session && {sessionId: this.session})}) + '\0');
    return promise;
  }

  /// The value of an expression in the page; a promise is waited for.
  async ask(expression) {
    const {result, exceptionDetails} = await this.call('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true});
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }
  /// Looks until the expression holds.
  async until(expression, what = expression) {
    for (const end = Date.now() + 30000; Date.now() < end;) {
      if (await this.ask(expression)) return;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    throw new Error('never true: ' + what);
  }
  async open(url) {
    this.events.length = 0;
    await this.call('Page.navigate', {url: 'about:blank'});
    await this.until('location.href === "about:blank"');
    await this.call('Page.navigate', {url});
    await this.until('location.protocol === "file:" && document.readyState === "complete"');
  }
  /// Milliseconds of CPU that the page's main thread spends on `act`: what a laden machine changes little.
  async mainThreadOf(act) {
    this.trace = [];
    await this.call('Tracing.start', {traceConfig: {includedCategories: ['toplevel', 'devtools.timeline']}});
    await act();
    this.events.length = 0;
    await this.call('Tracing.end');
    for (const end = Date.now() + 30000; !this.events.includes('Tracing.tracingComplete') && Date.now() < end;) {
      await new Promise((resume) => setTimeout(resume, 20));
    }
    const main = new Set(this.trace.filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain').map((event) => event.pid + ':' + event.tid));
    const tasks = this.trace.filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && main.has(event.pid + ':' + event.tid));
    if (!tasks.length) throw new Error('the trace names no task of the main thread');
    return tasks.reduce((sum, event) => sum + (event.tdur || 0), 0) / 1000;
  }
  async press(key, code = key) {
    const text = key.length === 1 ? key : undefined;
    await this.call('Input.dispatchKeyEvent', {type: 'keyDown', key, code, text});
    await this.call('Input.dispatchKeyEvent', {type: 'keyUp', key, code});
  }
  async look(width, height, scheme = 'light') {
    await this.call('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false});
    await this.call('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: scheme}]});
  }
  async picture() {
    return Buffer.from((await this.call('Page.captureScreenshot', {format: 'png'})).data, 'base64');
  }
  async close() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.call('Browser.close').catch(() => {});
    await gone;
    rmSync(this.profile, {recursive: true, force: true, maxRetries: 5});
  }
}
Chromium.calls = 0;
